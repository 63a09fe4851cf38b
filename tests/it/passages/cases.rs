//! Passages about programmes: who pays, who carries them out, what is denied or planned, sums and dates. All are made up.

use super::Case;
use super::names::{BODIES, REFERENCES, UNKNOWN};
use super::places::PLACES;

pub(super) const ALL: &[&[Case]] = &[PROGRAMMES, DENIALS, PLANS, BODIES, REFERENCES, VALUES, UNKNOWN, PLACES];

pub(super) const PROGRAMMES: &[Case] = &[
    Case {
        lang: "en",
        country: "gha",
        text: "The Clear Waters project is funded by the European Union and the ILO. It is implemented by World Vision, Winrock International and Verité.",
        says: &[
            "Clear Waters | flg:Programme",
            "Clear Waters | flg:fundedBy | European Union",
            "Clear Waters | flg:fundedBy | ILO",
            "Clear Waters | flg:implementedBy | World Vision",
            "Clear Waters | flg:implementedBy | Winrock International",
            "Clear Waters | flg:implementedBy | Verité",
        ],
        does_not_say: &["Clear Waters | flg:fundedBy | World Vision", "Clear Waters | flg:implementedBy | ILO"],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "The USDOL-funded Bright Harvest Project works in cocoa and is implemented by Winrock International in partnership with UNICEF and the Ministry of Fisheries.",
        says: &[
            "Bright Harvest Project | flg:fundedBy | USDOL",
            "Bright Harvest Project | flg:implementedBy | Winrock International",
            "Bright Harvest Project | flg:partner | UNICEF",
            "Bright Harvest Project | flg:counterpart | Ministry of Fisheries",
            "Bright Harvest Project | flg:targetsSector | cocoa",
        ],
        does_not_say: &[
            "Bright Harvest Project | flg:partner | Ministry of Fisheries",
            "Bright Harvest Project | flg:implementedBy | UNICEF",
        ],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "USDOL funds the STILL WATERS project, which World Vision implements. The European Union finances the Bright Harvest Project.",
        says: &["STILL WATERS | flg:fundedBy | USDOL", "Bright Harvest Project | flg:fundedBy | European Union"],
        does_not_say: &["Bright Harvest Project | flg:fundedBy | USDOL", "STILL WATERS | flg:fundedBy | European Union"],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El proyecto Aguas Claras es financiado por la Unión Europea y la OIT, y ejecutado por World Vision, Winrock International y Verité en coordinación con el Ministerio de Trabajo y Previsión Social y UNICEF.",
        says: &[
            "Aguas Claras | flg:fundedBy | Unión Europea",
            "Aguas Claras | flg:fundedBy | OIT",
            "Aguas Claras | flg:implementedBy | World Vision",
            "Aguas Claras | flg:implementedBy | Winrock International",
            "Aguas Claras | flg:implementedBy | Verité",
            "Aguas Claras | flg:counterpart | Ministerio de Trabajo y Previsión Social",
            "Aguas Claras | flg:partner | UNICEF",
        ],
        does_not_say: &[
            "Aguas Claras | flg:partner | Ministerio de Trabajo y Previsión Social",
            "Aguas Claras | flg:implementedBy | OIT",
        ],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "La Unión Europea financia el proyecto Aguas Claras en plantaciones de café.",
        says: &["Aguas Claras | flg:fundedBy | Unión Europea", "Aguas Claras | flg:targetsSector | café"],
        does_not_say: &["Aguas Claras | flg:implementedBy | Unión Europea"],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le projet Eaux Claires est financé par l'Union européenne et l’OIT. Il est mis en œuvre par World Vision, Winrock International et Verité, en collaboration avec le ministère de la Pêche et l'UNICEF.",
        says: &[
            "Eaux Claires | flg:Programme",
            "Eaux Claires | flg:fundedBy | Union européenne",
            "Eaux Claires | flg:fundedBy | OIT",
            "Eaux Claires | flg:implementedBy | World Vision",
            "Eaux Claires | flg:implementedBy | Winrock International",
            "Eaux Claires | flg:implementedBy | Verité",
            "Eaux Claires | flg:counterpart | ministère de la Pêche",
            "Eaux Claires | flg:partner | UNICEF",
        ],
        does_not_say: &[
            "Eaux Claires | flg:implementedBy | Union européenne",
            "Eaux Claires | flg:partner | ministère de la Pêche",
        ],
    },
    Case {
        lang: "fr",
        country: "mar",
        text: "L'Union européenne finance le projet Eaux Claires dans les plantations de cacao, que l'OIT met en œuvre.",
        says: &["Eaux Claires | flg:fundedBy | Union européenne", "Eaux Claires | flg:targetsSector | cacao"],
        does_not_say: &["Eaux Claires | flg:fundedBy | OIT"],
    },
    Case {
        lang: "fr",
        country: "mar",
        text: "Avec l'appui financier de l'Union européenne, le projet Eaux Claires vise à éliminer le travail forcé.",
        says: &["Eaux Claires | flg:fundedBy | Union européenne", "Eaux Claires | flg:addressesIssue | travail forcé"],
        does_not_say: &["Eaux Claires | flg:partner | Union européenne"],
    },
];

pub(super) const DENIALS: &[Case] = &[
    Case {
        lang: "en",
        country: "gha",
        text: "The Clear Waters project is not funded by the European Union. No project is implemented by World Vision, and the Ministry of Fisheries does not chair the Forced Labour Committee.",
        says: &["Clear Waters | flg:Programme"],
        does_not_say: &[
            "Clear Waters | flg:fundedBy | European Union",
            "Clear Waters | flg:implementedBy | World Vision",
            "Ministry of Fisheries | flg:chairs | Forced Labour Committee",
        ],
    },
    Case {
        lang: "en",
        country: "can",
        text: "The Clear Waters project isn’t funded by USDOL, nor was it ever financed by the ILO.",
        says: &["Clear Waters | flg:Programme"],
        does_not_say: &["Clear Waters | flg:fundedBy | USDOL", "Clear Waters | flg:fundedBy | ILO"],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El proyecto Aguas Claras no es financiado por la Unión Europea, y ningún proyecto es ejecutado por World Vision.",
        says: &["Aguas Claras | flg:Programme"],
        does_not_say: &["Aguas Claras | flg:fundedBy | Unión Europea", "Aguas Claras | flg:implementedBy | World Vision"],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le projet Eaux Claires n'est pas financé par l'Union européenne, et aucun projet n’est mis en œuvre par World Vision.",
        says: &["Eaux Claires | flg:Programme"],
        does_not_say: &["Eaux Claires | flg:fundedBy | Union européenne", "Eaux Claires | flg:implementedBy | World Vision"],
    },
];

pub(super) const PLANS: &[Case] = &[
    Case {
        lang: "en",
        country: "gha",
        text: "The Clear Waters project will be implemented by World Vision.",
        says: &["Clear Waters | flg:implementedBy | World Vision", "Clear Waters | flg:stage | id:stage/planned"],
        does_not_say: &[],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "The Clear Waters project is implemented by World Vision.",
        says: &["Clear Waters | flg:implementedBy | World Vision"],
        does_not_say: &["Clear Waters | flg:stage | id:stage/planned"],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El proyecto Aguas Claras será ejecutado por World Vision.",
        says: &["Aguas Claras | flg:implementedBy | World Vision", "Aguas Claras | flg:stage | id:stage/planned"],
        does_not_say: &[],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le projet Eaux Claires sera mis en œuvre par World Vision.",
        says: &["Eaux Claires | flg:implementedBy | World Vision", "Eaux Claires | flg:stage | id:stage/planned"],
        does_not_say: &[],
    },
];

pub(super) const VALUES: &[Case] = &[
    Case {
        lang: "en",
        country: "gha",
        text: "Bright Harvest Project (2018–2022), a $5 million project implemented by World Vision in Ghana and Côte d'Ivoire.",
        says: &[
            "Bright Harvest Project | flg:startDate | 2018",
            "Bright Harvest Project | flg:endDate | 2022",
            "Bright Harvest Project | flg:amount | 5000000",
            "Bright Harvest Project | flg:currency | USD",
            "Bright Harvest Project | flg:implementedBy | World Vision",
            "Bright Harvest Project | flg:coversPlace | Ghana",
        ],
        does_not_say: &["Bright Harvest Project | flg:amount | 5"],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "Growing a Culture of Fair Work in Ghana's Fishing Ports (2018–2022), a $5 million project implemented by World Vision. Safe Nets for Youth, Ports, and Harbours, $3.25 million regional project funded by USDOL. In 2021, the Harbour Fund gave $2 million for a project of UNICEF.",
        says: &[
            "Growing a Culture of Fair Work in Ghana's Fishing Ports | flg:Programme",
            "Growing a Culture of Fair Work in Ghana's Fishing Ports | flg:startDate | 2018",
            "Growing a Culture of Fair Work in Ghana's Fishing Ports | flg:amount | 5000000",
            "Growing a Culture of Fair Work in Ghana's Fishing Ports | flg:implementedBy | World Vision",
            "Safe Nets for Youth, Ports, and Harbours | flg:Programme",
            "Safe Nets for Youth, Ports, and Harbours | flg:amount | 3250000",
            "Safe Nets for Youth, Ports, and Harbours | flg:fundedBy | USDOL",
        ],
        does_not_say: &[
            "Safe Nets for Youth, Ports, and Harbours | flg:amount | 2000000",
            "Growing a Culture of Fair Work in Ghana's Fishing Ports | flg:fundedBy | USDOL",
            "Harbour Fund | flg:Programme",
        ],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "In April 2020, the Ministry of Fisheries trained 1,200 labour inspectors on forced labour.",
        says: &["Training of 1,200 labour inspectors (Ministry of Fisheries, April 2020) | flg:headcount | 1200"],
        does_not_say: &[],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El proyecto Aguas Claras (2019-2023), con un presupuesto de 3,5 millones de dólares, es ejecutado por World Vision en Guatemala.",
        says: &[
            "Aguas Claras | flg:startDate | 2019",
            "Aguas Claras | flg:endDate | 2023",
            "Aguas Claras | flg:amount | 3500000",
            "Aguas Claras | flg:implementedBy | World Vision",
            "Aguas Claras | flg:coversPlace | Guatemala",
        ],
        does_not_say: &["Aguas Claras | flg:amount | 3"],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le projet Eaux Claires (2019-2023), doté d'un budget de 2 000 000 d'euros, est mis en œuvre par World Vision au Sénégal.",
        says: &[
            "Eaux Claires | flg:startDate | 2019",
            "Eaux Claires | flg:endDate | 2023",
            "Eaux Claires | flg:amount | 2000000",
            "Eaux Claires | flg:currency | EUR",
            "Eaux Claires | flg:implementedBy | World Vision",
        ],
        does_not_say: &["Eaux Claires | flg:amount | 2"],
    },
];
