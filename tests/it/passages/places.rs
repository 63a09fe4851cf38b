//! Passages about places that no noun tells, in reports on their country and on another. All are made up.

use super::Case;

pub(super) const PLACES: &[Case] = &[
    Case {
        lang: "en",
        country: "ken",
        text: "The Safe Tides project is implemented by World Vision in Mombasa, Kilifi and Kwale. It is funded by the European Union. An office in the county of Kilifi serves the University of Nairobi and the Lamu Women's Network.",
        says: &[
            "Safe Tides | flg:coversPlace | Mombasa",
            "Safe Tides | flg:coversPlace | Kilifi",
            "Safe Tides | flg:coversPlace | Kwale",
            "Kilifi | flg:Place",
            "Kilifi | flg:country | Kenya",
        ],
        does_not_say: &["Nairobi | flg:Place", "Lamu | flg:Place", "Safe Tides | flg:implementedBy | Mombasa"],
    },
    Case {
        lang: "en",
        country: "ken",
        text: "The Safe Tides project works in Mombasa, Kilifi and Sunken Wells.",
        says: &["Safe Tides | flg:coversPlace | Sunken Wells", "Sunken Wells | flg:country | Kenya"],
        does_not_say: &["Wells | flg:Place"],
    },
    Case {
        lang: "en",
        country: "ken",
        text: "The Safe Tides project works in Cordoba, Piura and Sunken Wells. Mr. Kilifi and Jane Nakuru visited it.",
        says: &["Safe Tides | flg:Programme"],
        does_not_say: &[
            "Cordoba | flg:Place",
            "Piura | flg:Place",
            "Sunken Wells | flg:Place",
            "Kilifi | flg:Place",
            "Nakuru | flg:Place",
        ],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "The Clear Waters project works in Yeji. In Kwale and in Volta, other projects are planned.",
        says: &["Clear Waters | flg:coversPlace | Yeji"],
        does_not_say: &["Kwale | flg:Place", "Volta | flg:Place"],
    },
    Case {
        lang: "en",
        country: "cod",
        text: "The Free Pits project works in Nord-Kivu. Another office of the Free Pits project is in North Kivu province.",
        says: &["Free Pits | flg:coversPlace | Nord-Kivu", "Free Pits | flg:coversPlace | North Kivu"],
        does_not_say: &[],
    },
    Case {
        lang: "es",
        country: "per",
        text: "El proyecto Ríos Claros funciona en Piura, Loreto y Madre de Dios. Un estudio de la Universidad de Tumbes lo evalúa. El proyecto Minas Limpias atiende a trabajadores de Puno.",
        says: &[
            "Ríos Claros | flg:coversPlace | Piura",
            "Ríos Claros | flg:coversPlace | Loreto",
            "Ríos Claros | flg:coversPlace | Madre de Dios",
            "Piura | flg:country | Perú",
        ],
        does_not_say: &["Tumbes | flg:Place", "Dios | flg:Place"],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El proyecto Ríos Claros funciona en Piura, Loreto y Madre de Dios.",
        says: &["Ríos Claros | flg:Programme"],
        does_not_say: &["Piura | flg:Place", "Loreto | flg:Place", "Madre de Dios | flg:Place"],
    },
    Case {
        lang: "es",
        country: "mex",
        text: "El proyecto Campos Vivos se ejecuta en Jalisco, Tapachula y Oaxaca.",
        says: &[
            "Campos Vivos | flg:coversPlace | Jalisco",
            "Campos Vivos | flg:coversPlace | Tapachula",
            "Campos Vivos | flg:coversPlace | Oaxaca",
            "Tapachula | flg:country | México",
        ],
        does_not_say: &[],
    },
    Case {
        lang: "fr",
        country: "civ",
        text: "Le projet Cacao Vert est mis en œuvre à Bouaké, Korhogo et San-Pédro. La Cour d'appel de Daloa en a été saisie. Le projet Lac Clair intervient dans la région du Gontougo.",
        says: &[
            "Cacao Vert | flg:coversPlace | Bouaké",
            "Cacao Vert | flg:coversPlace | Korhogo",
            "Cacao Vert | flg:coversPlace | San-Pédro",
            "San-Pédro | flg:country | Côte d'Ivoire",
            "Lac Clair | flg:coversPlace | Gontougo",
        ],
        does_not_say: &["Daloa | flg:Place"],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le projet Cacao Vert est mis en œuvre à Bouaké, Korhogo et San-Pédro.",
        says: &["Cacao Vert | flg:Programme"],
        does_not_say: &["Bouaké | flg:Place", "Korhogo | flg:Place", "San-Pédro | flg:Place"],
    },
    Case {
        lang: "es",
        country: "nic",
        text: "El proyecto Lagos Limpios se ejecuta en Granada y Masaya, y en Costa Rica.",
        says: &[
            "Lagos Limpios | flg:coversPlace | Masaya",
            "Granada | flg:Place",
            "Granada | flg:country | Nicaragua",
            "Costa Rica | flg:Country",
        ],
        does_not_say: &["Granada | flg:Country"],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El proyecto Lagos Limpios se ejecuta en Granada y en Costa Rica.",
        says: &["Lagos Limpios | flg:coversPlace | Granada", "Granada | flg:Country"],
        does_not_say: &["Granada | flg:Place"],
    },
];
