//! Passages about bodies and their names: who leads, who is a member, whose unit it is, what is new. All are made up.

use super::Case;

pub(super) const BODIES: &[Case] = &[
    Case {
        lang: "en",
        country: "gha",
        text: "The National Steering Committee on Forced Labour is chaired by the Ministry of Fisheries and comprises the Ministry of Mines, the Federal Police Commission and UNICEF.",
        says: &[
            "National Steering Committee on Forced Labour | flg:Commission",
            "Ministry of Fisheries | flg:chairs | National Steering Committee on Forced Labour",
            "Ministry of Mines | org:memberOf | National Steering Committee on Forced Labour",
            "UNICEF | org:memberOf | National Steering Committee on Forced Labour",
        ],
        does_not_say: &["Ministry of Mines | flg:chairs | National Steering Committee on Forced Labour"],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "The Ministry of Fisheries, through its Coastal Inspection Unit, enforces the Forced Labour Act. The Coastal Inspection Unit is responsible for inspecting fishing vessels.",
        says: &[
            "Ministry of Fisheries | flg:actsThrough | Coastal Inspection Unit",
            "Coastal Inspection Unit | org:unitOf | Ministry of Fisheries",
            "Ministry of Fisheries | flg:enforces | Forced Labour Act",
            "Coastal Inspection Unit | flg:mandate | inspecting fishing vessels",
            "Forced Labour Act | flg:LegalInstrument",
        ],
        does_not_say: &["Ministry of Fisheries | org:unitOf | Coastal Inspection Unit"],
    },
    Case {
        lang: "en",
        country: "can",
        text: "The Anti-Trafficking Unit of the Ministry of Fisheries leads the Forced Labour Task Force. UNICEF chairs the Supply Chain Forum.",
        says: &[
            "Anti-Trafficking Unit | org:unitOf | Ministry of Fisheries",
            "Anti-Trafficking Unit | flg:leads | Forced Labour Task Force",
            "UNICEF | flg:chairs | Supply Chain Forum",
            "Supply Chain Forum | flg:Forum",
        ],
        does_not_say: &["UNICEF | flg:leads | Forced Labour Task Force"],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "La Comisión Nacional contra el Trabajo Forzoso es presidida por el Ministerio de Pesca y está integrada por UNICEF y el Ministerio de Minas. El Ministerio de Pesca, a través de la Unidad de Inspección Costera, aplica el Protocolo de Actuación Costera.",
        says: &[
            "Ministerio de Pesca | flg:chairs | Comisión Nacional contra el Trabajo Forzoso",
            "Ministerio de Pesca | flg:actsThrough | Unidad de Inspección Costera",
            "Unidad de Inspección Costera | flg:operates | Protocolo de Actuación Costera",
        ],
        does_not_say: &["UNICEF | flg:chairs | Comisión Nacional contra el Trabajo Forzoso"],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le Comité national de lutte contre la traite des personnes est présidé par le ministère de la Pêche et comprend l'UNICEF et le ministère des Mines.",
        says: &[
            "Comité national de lutte contre la traite des personnes | flg:Commission",
            "ministère de la Pêche | flg:chairs | Comité national de lutte contre la traite des personnes",
        ],
        does_not_say: &["UNICEF | flg:chairs | Comité national de lutte contre la traite des personnes"],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "Ghana's Coastal Labour Inspectorate and the Labour Department under the Ministry of Fisheries monitor compliance with the Fishing Vessels Act. The Coastal Labour Inspectorate is overseen by the Ministry of Mines.",
        says: &[
            "Labour Department | org:unitOf | Ministry of Fisheries",
            "Coastal Labour Inspectorate | org:unitOf | Ministry of Mines",
        ],
        does_not_say: &[
            "Ministry of Fisheries | org:unitOf | Labour Department",
            "Labour Department | org:unitOf | Ministry of Mines",
        ],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le Comité national de lutte contre la traite des personnes comprend l'UNICEF et le ministère des Mines. Le ministère de la Pêche, par l'intermédiaire de son Unité d'Inspection Côtière, veille à l'application de la Loi sur le travail forcé.",
        says: &[
            "UNICEF | org:memberOf | Comité national de lutte contre la traite des personnes",
            "ministère des Mines | org:memberOf | Comité national de lutte contre la traite des personnes",
            "ministère de la Pêche | flg:actsThrough | Unité d'Inspection Côtière",
            "Unité d'Inspection Côtière | org:unitOf | ministère de la Pêche",
            "ministère de la Pêche | flg:enforces | Loi sur le travail forcé",
        ],
        does_not_say: &["ministère de la Pêche | org:unitOf | Unité d'Inspection Côtière"],
    },
];

pub(super) const REFERENCES: &[Case] = &[
    Case {
        lang: "en",
        country: "gha",
        text: "MOFI chairs the National Fishing Council. The Ministry of Fishing (MOFI) funds the Clear Waters project.",
        says: &[
            "MOFI | flg:chairs | National Fishing Council",
            "Ministry of Fishing | flg:chairs | National Fishing Council",
            "Clear Waters | flg:fundedBy | MOFI",
        ],
        does_not_say: &[],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "The NFC (National Fishing Council) is led by the Ministry of Fishing. Clear Waters is a project funded by USDOL. The project is implemented by the NFC.",
        says: &["National Fishing Council | flg:acronym | NFC", "Ministry of Fishing | flg:leads | NFC"],
        does_not_say: &["Ministry of Fishing | flg:leads | USDOL"],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "The Clear Waters project works with fishing communities. The project is funded by USDOL.",
        says: &["Clear Waters | flg:fundedBy | USDOL"],
        does_not_say: &[],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El Ministerio de Pesca preside la Comisión Portuaria contra el Trabajo Forzoso y el Ministerio de Minas coordina el Grupo Técnico de Puertos. La Comisión Portuaria está integrada por UNICEF.",
        says: &["UNICEF | org:memberOf | Comisión Portuaria contra el Trabajo Forzoso"],
        does_not_say: &["UNICEF | org:memberOf | Grupo Técnico de Puertos"],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El MIPES preside el Consejo Nacional de Pesca. El Ministerio de Pesca (MIPES) financia el proyecto Aguas Claras. Dicho proyecto es ejecutado por World Vision.",
        says: &[
            "Ministerio de Pesca | flg:chairs | Consejo Nacional de Pesca",
            "Aguas Claras | flg:fundedBy | MIPES",
            "Aguas Claras | flg:implementedBy | World Vision",
        ],
        does_not_say: &[],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le CNP (Conseil national de Pêche) est dirigé par le ministère de la Mer (MDM). Le MDM finance le projet Eaux Claires. Ce projet est mis en œuvre par World Vision.",
        says: &[
            "ministère de la Mer | flg:leads | CNP",
            "Eaux Claires | flg:fundedBy | ministère de la Mer",
            "Eaux Claires | flg:implementedBy | World Vision",
        ],
        does_not_say: &["Eaux Claires | flg:fundedBy | World Vision"],
    },
];

pub(super) const UNKNOWN: &[Case] = &[
    Case {
        lang: "en",
        country: "gha",
        text: "The Ministry of Employment and Labour Relations (MELR) works with the Ghana Employers' Association (GEA), the Coastal Trades Union Congress and the Ghana Police Service. The Human Trafficking Act and the National Plan of Action for the Elimination of Child Labour (2017–2021) apply.",
        says: &[
            "Ministry of Employment and Labour Relations | flg:GovernmentBody",
            "Ministry of Employment and Labour Relations | flg:acronym | MELR",
            "Ministry of Employment and Labour Relations | flg:country | Ghana",
            "Ghana Employers' Association | flg:EmployersOrganization",
            "Coastal Trades Union Congress | flg:WorkersOrganization",
            "Ghana Police Service | flg:GovernmentBody",
            "Human Trafficking Act | flg:LegalInstrument",
            "Human Trafficking Act | flg:country | Ghana",
            "National Plan of Action for the Elimination of Child Labour | flg:Policy",
            "National Plan of Action for the Elimination of Child Labour | flg:endDate | 2021",
        ],
        does_not_say: &["Coastal Trades Union Congress | flg:EmployersOrganization"],
    },
    Case {
        lang: "en",
        country: "can",
        text: "According to the Attorney General's Office, the Canadian Coastal Labour Congress (CCLC) and the NGO Safe Harbour met the Domestic Work and Victim Support Unit under the Fishing Vessels Act No. 25.",
        says: &[
            "Attorney General's Office | flg:GovernmentBody",
            "Canadian Coastal Labour Congress | flg:WorkersOrganization",
            "Canadian Coastal Labour Congress | flg:country | Canada",
            "Safe Harbour | flg:CivilSocietyOrganization",
            "Domestic Work and Victim Support Unit | flg:GovernmentBody",
            "Fishing Vessels Act No. 25 | flg:LegalInstrument",
        ],
        does_not_say: &[],
    },
    Case {
        lang: "en",
        country: "gha",
        text: "The Ministry for Women, Family, and Coastal Affairs met the MOFX's Special Secretariat for Ports in May 2020. The Government of Ghana-funded Bright Harvest Project is implemented by Coastal Build International. Open Ports (2019–2021), a $5 million USDOL-funded, 4-year project implemented by Harbour Futures.",
        says: &[
            "Ministry for Women, Family, and Coastal Affairs | flg:GovernmentBody",
            "Special Secretariat for Ports | flg:GovernmentBody",
            "Bright Harvest Project | flg:fundedBy | Government of Ghana",
            "Bright Harvest Project | flg:implementedBy | Coastal Build International",
            "Coastal Build International | org:Organization",
            "Open Ports | flg:Programme",
            "Open Ports | flg:implementedBy | Harbour Futures",
        ],
        does_not_say: &[
            "Government of Ghana-funded | flg:GovernmentBody",
            "Special Secretariat for Ports in May | flg:GovernmentBody",
        ],
    },
    Case {
        lang: "es",
        country: "gtm",
        text: "El Ministerio de Pesca (MIPES), la Comisión Nacional de Puertos, el Sindicato de Trabajadores Portuarios y la Fundación Mar Abierto aplican la Ley de Puertos, Decreto 9-2009, y el Plan Nacional de Puertos 2019-2023.",
        says: &[
            "Ministerio de Pesca | flg:GovernmentBody",
            "Ministerio de Pesca | flg:acronym | MIPES",
            "Ministerio de Pesca | flg:country | Guatemala",
            "Comisión Nacional de Puertos | flg:Commission",
            "Sindicato de Trabajadores Portuarios | flg:WorkersOrganization",
            "Fundación Mar Abierto | flg:CivilSocietyOrganization",
            "Ley de Puertos | flg:LegalInstrument",
        ],
        does_not_say: &["Ley de Puertos | flg:Policy"],
    },
    Case {
        lang: "fr",
        country: "sen",
        text: "Le ministère du Travail, du Dialogue social et des Relations avec les institutions travaille avec la Confédération nationale des travailleurs du Littoral (CNTL), le Conseil national du patronat et l'ONG Mer Ouverte. La Loi n° 2005-06 et le Plan d'action national de lutte contre la traite des personnes 2018-2020 s'appliquent.",
        says: &[
            "Confédération nationale des travailleurs du Littoral | flg:WorkersOrganization",
            "Confédération nationale des travailleurs du Littoral | flg:acronym | CNTL",
            "Confédération nationale des travailleurs du Littoral | flg:country | Sénégal",
            "Conseil national du patronat | flg:EmployersOrganization",
            "Mer Ouverte | flg:CivilSocietyOrganization",
            "Loi n° 2005-06 | flg:LegalInstrument",
            "Plan d'action national de lutte contre la traite des personnes 2018-2020 | flg:Policy",
            "Plan d'action national de lutte contre la traite des personnes 2018-2020 | flg:startDate | 2018",
        ],
        does_not_say: &[],
    },
    Case {
        lang: "fr",
        country: "mar",
        text: "Selon le Ministère de l'Emploi, du Travail et de l'Inclusion économique, l'OCL (Observatoire national de la Côte) relève de la Direction générale des Ports.",
        says: &[
            "Ministère de l'Emploi, du Travail et de l'Inclusion économique | flg:GovernmentBody",
            "Ministère de l'Emploi, du Travail et de l'Inclusion économique | flg:country | Maroc",
            "Observatoire national de la Côte | flg:acronym | OCL",
            "Direction générale des Ports | flg:GovernmentBody",
        ],
        does_not_say: &[],
    },
];
