//! Passages as governments write them in the answers to a questionnaire: bodies with what they are for, who sits in them and
//! which law made them; programmes with sums and periods; trainings. All are made up.

use super::Case;

pub(super) const BODIES: &[Case] = &[
    Case {
        lang: "en",
        country: "ken",
        text: "The Combating Servitude in Ports Action Committee (CSPAC), established under the Servitude in Ports Act, 2012, coordinates the national response. It is chaired by the Ministry of Harbours and brings together the Directorate of Tides (DOT), the State Department for Orchards and UNICEF.",
        says: &[
            "Combating Servitude in Ports Action Committee | flg:acronym | CSPAC",
            "Combating Servitude in Ports Action Committee | flg:basedOn | Servitude in Ports Act",
            "Combating Servitude in Ports Action Committee | flg:mandate | coordinates the national response",
            "Ministry of Harbours | flg:chairs | Combating Servitude in Ports Action Committee",
            "Directorate of Tides | org:memberOf | Combating Servitude in Ports Action Committee",
            "State Department for Orchards | org:memberOf | Combating Servitude in Ports Action Committee",
            "UNICEF | org:memberOf | Combating Servitude in Ports Action Committee",
        ],
        does_not_say: &["Ministry of Harbours | flg:mandate | coordinates the national response"],
    },
    Case {
        lang: "en",
        country: "phl",
        text: "The Harbour Employment Administration (HEA), an attached agency of the Department of Tides, is responsible for licensing crew agents. The Bureau of Orchards investigates cases of debt bondage through its Seasonal Workers Division.",
        says: &[
            "Harbour Employment Administration | flg:mandate | licensing crew agents",
            "Harbour Employment Administration | org:subOrganizationOf | Department of Tides",
            "Bureau of Orchards | flg:actsThrough | Seasonal Workers Division",
            "Seasonal Workers Division | org:unitOf | Bureau of Orchards",
            "Bureau of Orchards | flg:mandate | investigates cases of debt bondage",
        ],
        does_not_say: &["Department of Tides | flg:mandate | licensing crew agents"],
    },
    Case {
        lang: "es",
        country: "per",
        text: "La Superintendencia Nacional de Puertos (SUNAPU), organismo técnico adscrito al Ministerio de Mareas, es la encargada de supervisar las faenas. La Comisión Nacional de Huertos (CNH), creada por la Ley N° 31245, está presidida por el Ministerio de Mareas y la integran el Ministerio de Huertos y UNICEF.",
        says: &[
            "Superintendencia Nacional de Puertos | org:subOrganizationOf | Ministerio de Mareas",
            "Superintendencia Nacional de Puertos | flg:mandate | supervisar las faenas",
            "Comisión Nacional de Huertos | flg:basedOn | Ley N° 31245",
            "Ministerio de Mareas | flg:chairs | Comisión Nacional de Huertos",
            "Ministerio de Huertos | org:memberOf | Comisión Nacional de Huertos",
            "UNICEF | org:memberOf | Comisión Nacional de Huertos",
        ],
        does_not_say: &["Ministerio de Mareas | flg:mandate | supervisar las faenas"],
    },
    Case {
        lang: "en",
        country: "bgd",
        text: "The Directorate of Harbour Inspection (DHI) under the Ministry of Tides conducts inspections in the shrimp sector. The National Orchard Bureau and the Directorate of Coasts investigate cases of debt bondage.",
        says: &[
            "Directorate of Harbour Inspection | flg:mandate | conducts inspections in the shrimp sector",
            "Directorate of Harbour Inspection | org:unitOf | Ministry of Tides",
            "National Orchard Bureau | flg:mandate | investigate cases of debt bondage",
        ],
        does_not_say: &["Ministry of Tides | flg:mandate | conducts inspections in the shrimp sector"],
    },
    Case {
        lang: "fr",
        country: "cmr",
        text: "La Commission nationale des ports et des vergers (CNPV), organisme indépendant créé par le décret n° 90/1459, reçoit les plaintes des équipages.",
        says: &[
            "Commission nationale des ports et des vergers | flg:acronym | CNPV",
            "Commission nationale des ports et des vergers | flg:basedOn | décret n° 90/1459",
            "Commission nationale des ports et des vergers | flg:mandate | reçoit les plaintes des équipages",
        ],
        does_not_say: &[],
    },
    Case {
        lang: "es",
        country: "pry",
        text: "La Comisión Nacional de Mareas (CNM) fue creada por el Decreto N° 7865/2017 y la coordina el Ministerio de Puertos. Está integrada por representantes del Ministerio de Huertos y UNICEF. La Dirección General de Faenas, dependiente del Ministerio de Puertos, fiscaliza los muelles.",
        says: &[
            "Comisión Nacional de Mareas | flg:basedOn | Decreto N° 7865/2017",
            "Ministerio de Puertos | flg:leads | Comisión Nacional de Mareas",
            "Ministerio de Huertos | org:memberOf | Comisión Nacional de Mareas",
            "UNICEF | org:memberOf | Comisión Nacional de Mareas",
            "Dirección General de Faenas | org:unitOf | Ministerio de Puertos",
            "Dirección General de Faenas | flg:mandate | fiscaliza los muelles",
        ],
        does_not_say: &["Ministerio de Puertos | flg:mandate | fiscaliza los muelles"],
    },
    Case {
        lang: "es",
        country: "pry",
        text: "El Ministerio de Huertos, mediante sus Unidades Especializadas en Cosechas, investiga los casos de servidumbre.",
        says: &["Ministerio de Huertos | flg:actsThrough | Unidades Especializadas en Cosechas"],
        does_not_say: &[],
    },
    Case {
        lang: "fr",
        country: "mdg",
        text: "Le Comité national des Vergers (CNV), créé par la loi n° 2016-1111 du 8 décembre 2016, est présidé par le ministère des Marées. Il est composé de représentants du ministère des Vergers et de l'UNICEF. Le Bureau national des Marées a pour mission de surveiller les ports.",
        says: &[
            "Comité national des Vergers | flg:basedOn | loi n° 2016-1111",
            "ministère des Marées | flg:chairs | Comité national des Vergers",
            "ministère des Vergers | org:memberOf | Comité national des Vergers",
            "UNICEF | org:memberOf | Comité national des Vergers",
            "Bureau national des Marées | flg:mandate | surveiller les ports",
        ],
        does_not_say: &[],
    },
];

pub(super) const PROGRAMMES: &[Case] = &[
    Case {
        lang: "en",
        country: "phl",
        text: "The Keeping Crews Safe in Tuna Fisheries project (KCSTF), with a total budget of USD 3 million from the US Department of Labor, was carried out by Plan International in Harbour City between 2017 and 2020.",
        says: &[
            "Keeping Crews Safe in Tuna Fisheries | flg:fundedBy | USDOL",
            "Keeping Crews Safe in Tuna Fisheries | flg:amount | 3000000",
            "Keeping Crews Safe in Tuna Fisheries | flg:implementedBy | Plan International",
            "Keeping Crews Safe in Tuna Fisheries | flg:startDate | 2017",
            "Keeping Crews Safe in Tuna Fisheries | flg:endDate | 2020",
        ],
        does_not_say: &["Tuna Fisheries | flg:Programme"],
    },
    Case {
        lang: "en",
        country: "ken",
        text: "The Building Resilience to Servitude and/or Debt Bondage (BRSDB) project ended in March 2021. The Ship to Port Rights programme is funded by the United Kingdom's Foreign, Commonwealth and Development Office (FCDO).",
        says: &[
            "Building Resilience to Servitude and/or Debt Bondage | flg:endDate | 2021-03",
            "Ship to Port Rights | flg:fundedBy | Foreign, Commonwealth and Development Office",
        ],
        does_not_say: &["Ship to Port Rights | flg:fundedBy | United Kingdom", "Port Rights | flg:Programme"],
    },
    Case {
        lang: "en",
        country: "bgd",
        text: "The Harbour Crews against Servitude (HCAS) Program, a five-year USAID-funded initiative implemented by Winrock International, ran from October 2014 to June 2021. UNICEF's Application of Migration Policy for Young Crews project was funded by Canada.",
        says: &[
            "Harbour Crews against Servitude | flg:fundedBy | USAID",
            "Harbour Crews against Servitude | flg:implementedBy | Winrock International",
            "Harbour Crews against Servitude | flg:startDate | 2014-10",
            "Harbour Crews against Servitude | flg:endDate | 2021-06",
            "Application of Migration Policy for Young Crews | flg:Programme",
            "Application of Migration Policy for Young Crews | flg:fundedBy | Canada",
        ],
        does_not_say: &["Harbour Crews against Servitude | flg:fundedBy | Canada"],
    },
    Case {
        lang: "es",
        country: "per",
        text: "El proyecto Mar Libre, ejecutado por la OIT entre 2016 y 2019, fue financiado por USAID. El proyecto Huerto Justo busca mejorar las condiciones de trabajo en la minería de oro.",
        says: &[
            "Mar Libre | flg:startDate | 2016",
            "Mar Libre | flg:endDate | 2019",
            "Huerto Justo | flg:objective | mejorar las condiciones de trabajo en la minería de oro",
        ],
        does_not_say: &["Mar Libre | flg:objective | mejorar las condiciones de trabajo en la minería de oro"],
    },
    Case {
        lang: "fr",
        country: "mdg",
        text: "Le projet MARÉE a été mis en œuvre par l'OIT de 2016 à 2021. Il visait à réduire la servitude dans les ports.",
        says: &[
            "MARÉE | flg:implementedBy | OIT",
            "MARÉE | flg:startDate | 2016",
            "MARÉE | flg:endDate | 2021",
            "MARÉE | flg:objective | réduire la servitude dans les ports",
        ],
        does_not_say: &[],
    },
];

pub(super) const TRAININGS: &[Case] = &[
    Case {
        lang: "en",
        country: "ken",
        text: "In September 2019 the Directorate of Tides (DOT), with the support of UNICEF, trained 120 police officers on the identification of victims.",
        says: &[
            "Training of 120 police officers (Directorate of Tides, September 2019) | flg:organizer | Directorate of Tides",
            "Training of 120 police officers (Directorate of Tides, September 2019) | flg:headcount | 120",
            "Training of 120 police officers (Directorate of Tides, September 2019) | flg:startDate | 2019-09",
            "Training of 120 police officers (Directorate of Tides, September 2019) | flg:topic | the identification of victims",
        ],
        does_not_say: &["Training of 120 police officers (Directorate of Tides, September 2019) | flg:organizer | UNICEF"],
    },
    Case {
        lang: "es",
        country: "per",
        text: "En noviembre de 2020, el Instituto de Mareas, con la asistencia técnica de la OIT, capacitó a 80 inspectores del trabajo en materia de servidumbre.",
        says: &[
            "Capacitación de 80 inspectores del trabajo (Instituto de Mareas, noviembre de 2020) | flg:organizer | Instituto de Mareas",
        ],
        does_not_say: &[
            "Capacitación de 80 inspectores del trabajo (Instituto de Mareas, noviembre de 2020) | flg:organizer | OIT",
        ],
    },
    Case {
        lang: "es",
        country: "pry",
        text: "En octubre de 2019, el Ministerio de Puertos y la OIT capacitaron a 45 inspectores del trabajo sobre servidumbre.",
        says: &[
            "Capacitación de 45 inspectores del trabajo (Ministerio de Puertos y la OIT, octubre de 2019) | flg:organizer | Ministerio de Puertos",
            "Capacitación de 45 inspectores del trabajo (Ministerio de Puertos y la OIT, octubre de 2019) | flg:organizer | OIT",
            "Capacitación de 45 inspectores del trabajo (Ministerio de Puertos y la OIT, octubre de 2019) | flg:topic | servidumbre",
        ],
        does_not_say: &[],
    },
    Case {
        lang: "fr",
        country: "mdg",
        text: "En juillet 2020, l'OIM, en collaboration avec le Bureau national des Marées, a formé 45 magistrats sur la servitude.",
        says: &["Formation de 45 magistrats (OIM, juillet 2020) | flg:organizer | OIM"],
        does_not_say: &["Formation de 45 magistrats (OIM, juillet 2020) | flg:organizer | Bureau national des Marées"],
    },
];
