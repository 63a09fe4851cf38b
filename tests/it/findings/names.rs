//! Titles that name several things, names that reach too far or not far enough, bodies that are named in several ways, and
//! whose bodies they are.

use super::page::Page;
use super::{AGENCIES, Facts, LAWS, MECHANISMS, POLICIES, PROGRAMS, flg_of};

fn read(country: &str, tables: &[(&str, &[(&str, &str)])]) -> Facts {
    let mut page = Page::new(country, 2021);
    for (caption, rows) in tables {
        page.table(caption, ["Name", "Description"], rows, &["† Program is funded by the Government."]);
    }
    Facts::read(page)
}

#[test]
fn a_title_that_names_several_bodies_names_each() {
    let facts = read(
        "Cambodia",
        &[(
            AGENCIES,
            &[
                (
                    "Ministry of the Interior—National Police—Juvenile Protection Department (JPD), Cybercrime Department, and \
                 Department of Criminal Police",
                    "Enforce laws against human trafficking. (2)",
                ),
                (
                    "Provincial Commissariats—Bureaus of Juvenile Protection and Bureaus of Forensics",
                    "Enforce laws against forced labor. (3)",
                ),
                (
                    "Ministry of Manpower (MoM), Directorate General of Supervision and Directorate of Norms",
                    "Conducts inspections for child labor. (4)",
                ),
                ("River Police, including the Harbor Unit", "Rescues children from child trafficking. (5)"),
                ("Forensic Police Department within MoM", "Investigates crimes. (6)"),
                ("Prosecutor's Office of Cambodia", "An independent entity that prosecutes cases of forced labor. (7)"),
                ("Ministry of Health (MOH) Office of Childhood", "Cares for survivors. (8)"),
                (
                    "Coast Guard",
                    "Maintains a unit of 40 officers known as the Anti-Trafficking in Persons Unit. Enforces the State Trafficking in \
                 Persons Prohibition Law. (9)",
                ),
                ("Ministry of Justice’s Public Order Police and National Guard", "Patrol the border. (9)"),
            ],
        )],
    );
    facts.say(&[
        "Cybercrime Department | org:subOrganizationOf | National Police",
        "Department of Criminal Police | flg:addressesIssue | trafficking in persons",
        "Bureaus of Forensics | org:subOrganizationOf | Provincial Commissariats",
        "Directorate General of Supervision | org:subOrganizationOf | Ministry of Manpower",
        "Directorate of Norms | org:subOrganizationOf | Ministry of Manpower",
        "Harbor Unit | org:subOrganizationOf | River Police",
        "River Police | flg:addressesIssue | child trafficking",
        "Forensic Police Department | org:subOrganizationOf | Ministry of Manpower",
        "Prosecutor's Office of Cambodia | flg:mandate | An independent entity that prosecutes cases of forced labor",
        "Office of Childhood | org:subOrganizationOf | Ministry of Health",
        "National Guard | org:subOrganizationOf | Ministry of Justice",
        "Anti-Trafficking in Persons Unit | org:subOrganizationOf | Coast Guard",
        "Coast Guard | flg:enforces | State Trafficking in Persons Prohibition Law",
    ]);
    facts.know_nothing_called("Prosecutor");
}

#[test]
fn a_title_that_names_two_policies_or_programmes_names_each() {
    let facts = read(
        "Fiji",
        &[
            (
                POLICIES,
                &[
                    (
                        "National Action Plan to Combat Human Trafficking and National Harvest Strategy (2021–2026)",
                        "Seeks to end forced labor. (2)",
                    ),
                    (
                        "Declaration on Cocoa (2010 Declaration) and Its Accompanying Framework of Action",
                        "Aims to end child labor. (3)",
                    ),
                    ("Plan of Action (NPA) for Clean Harvests", "Aims to end child labor. (4)"),
                ],
            ),
            (
                PROGRAMS,
                &[
                    ("Targeted Assistance Program and Child Benefit Program†", "Provide cash to poor families. (2)"),
                    (
                        "Child Protection Programs: Family First (FF) (2015–2023) and Island Shelter Program",
                        "Provide shelter to children. (3)",
                    ),
                    ("Harvest Scheme† Coastal Development Scheme†", "Provide meals to children. (4)"),
                    ("Ministry of Education (MoE)†", "Oversees vocational training. (5)"),
                    (
                        "Lasting Change for Better Enforcement (ALC) Project",
                        "Program implemented by Winrock that aims to end child labor. (6)",
                    ),
                ],
            ),
        ],
    );
    facts.say(&[
        "National Action Plan to Combat Human Trafficking | flg:startDate | 2021",
        "National Harvest Strategy | flg:endDate | 2026",
        "National Harvest Strategy | flg:addressesIssue | forced labour",
        "Plan of Action for Clean Harvests | flg:addressesIssue | child labour",
        "Targeted Assistance Program | flg:fundedBy | Government of Fiji",
        "Child Benefit Program | flg:objective | Provide cash to poor families",
        "Family First | flg:startDate | 2015",
        "Island Shelter Program | flg:objective | Provide shelter to children",
        "Harvest Scheme | flg:fundedBy | Government of Fiji",
        "Coastal Development Scheme | flg:fundedBy | Government of Fiji",
        "Ministry of Education | flg:mandate | Oversees vocational training",
        "Lasting Change for Better Enforcement Project | flg:implementedBy | Winrock International",
    ]);
    facts.know_nothing_called("Its Accompanying Framework of Action");
    facts.say_nothing_of(&["Ministry of Education | flg:fundedBy", "Island Shelter Program | flg:startDate"]);
}

#[test]
fn members_are_named_whatever_their_names_are_like() {
    let facts = read(
        "Indonesia",
        &[
            (
                AGENCIES,
                &[(
                    "Child Protection Section (CPS)",
                    "A division within the Java Police (JP) that investigates child trafficking with the Ministry of Women and Peace (MoWP). (2)",
                )],
            ),
            (
                MECHANISMS,
                &[
                    (
                        "Harvest Commission",
                        "Monitors child labor. (2) Includes MoWP; the JP's CPS; the Ministry of Culture, Research, and Technology; the \
                     Public Prosecutor's Office, the National Bank, and the Office of the Prime Minister. (3)",
                    ),
                    ("MoWP", "Coordinates with ministries on forced labor. The Labor Minister serves as its chair. (4)"),
                    ("River Network", "Fights child begging. Comprises interagency committees in nine towns in Indonesia. (5)"),
                    ("Coastal Board", "Reviews forced labor cases. The Coastal Board met consistently throughout the year. (6)"),
                ],
            ),
        ],
    );
    for member in [
        "Ministry of Women and Peace",
        "Child Protection Section",
        "Ministry of Culture, Research, and Technology",
        "Public Prosecutor's Office",
        "National Bank",
        "Office of the Prime Minister",
    ] {
        facts.say(&[&format!("{member} | org:memberOf | Harvest Commission")]);
    }
    facts.say(&[
        "Child Protection Section | org:subOrganizationOf | Java Police",
        "Child Protection Section | flg:addressesIssue | child trafficking",
        "Ministry of Women and Peace | flg:mandate | Coordinates with ministries on forced labor",
        "River Network | flg:addressesIssue | child begging",
    ]);
    facts.say_nothing_of(&[
        "Java Police | org:memberOf",
        "Indonesia | org:memberOf",
        "throughout the year",
        "flg:mandate | Includes",
        "flg:mandate | The Labor Minister",
    ]);
    facts.know_nothing_called("MoWP");
}

#[test]
fn programmes_are_not_taken_for_those_who_run_them() {
    let facts = read(
        "Cambodia",
        &[(
            PROGRAMS,
            &[
                ("Better Mills Cambodia", "USDOL and ILO-funded program to monitor compliance related to child labor. (2)"),
                ("UNICEF River Program (2018–2022)", "Protects children from child labor. (3)"),
                (
                    "Clean Water Framework (2016–2021)",
                    "An $8 million framework, funded by the World Bank, that aimed to end child labor. (4)",
                ),
                (
                    "U.S. Government-Funded Projects",
                    "Includes Quality Education for Rural Children and the Harvest Nutrition Program, implemented by USDA. (5) In addition, \
                 the International Development Law Organization built the capacity of judges with the Bureau of Narcotics. (6)",
                ),
                (
                    "Bank Project",
                    "World Bank-funded project implemented by Winrock and partners Verité and Lawyers for Rivers. (7)",
                ),
            ],
        )],
    );
    facts.say(&[
        "Better Mills Cambodia | flg:fundedBy | United States Department of Labor",
        "Better Mills Cambodia | flg:fundedBy | International Labour Organization",
        "Better Mills Cambodia | flg:addressesIssue | child labour",
        "UNICEF River Program | flg:implementedBy | United Nations Children's Fund",
        "Clean Water Framework | flg:addressesIssue | child labour",
        "Quality Education for Rural Children | flg:fundedBy | Government of the United States",
        "Harvest Nutrition Program | flg:implementedBy | United States Department of Agriculture",
        "Bank Project | flg:implementedBy | Winrock International",
        "Bank Project | flg:partner | Verité",
        "Bank Project | flg:partner | Lawyers for Rivers",
    ]);
    facts.say_nothing_of(&[
        "United States Department of Labor | flg:mandate",
        "United States Department of Labor | flg:addressesIssue",
        "Law Organization",
        "Bank Project | flg:implementedBy | Verité",
    ]);
}

#[test]
fn one_body_that_is_named_in_several_ways_is_one() {
    let facts = read(
        "Zambia",
        &[
            (
                AGENCIES,
                &[
                    ("Immigration Department", "Fights human trafficking. (2)"),
                    ("Ministry of the Interior", "Enforces laws against forced labor. (3)"),
                    ("Zambian Rescue Police", "Rescues children. (4)"),
                    ("Regional Government's Ministry of the Interior (RMI)", "Enforces laws against debt bondage. (5)"),
                ],
            ),
            (
                MECHANISMS,
                &[(
                    "Harvest Committee",
                    "Coordinates efforts. (2) Includes the Department of Immigration, the Ministry of Interior, the Ministry of Labor, and the Rescue Police. (3) Led by \
                 the Ministry of Labor and Skills. (4)",
                )],
            ),
        ],
    );
    facts.say(&[
        "Immigration Department | org:memberOf | Harvest Committee",
        "Ministry of the Interior | org:memberOf | Harvest Committee",
        "Ministry of Labor and Skills | org:memberOf | Harvest Committee",
        "Ministry of Labor and Skills | flg:leads | Harvest Committee",
        "Zambian Rescue Police | org:memberOf | Harvest Committee",
        "Regional Government's Ministry of the Interior | flg:addressesIssue | debt bondage",
    ]);
    facts.say_nothing_of(&["Ministry of the Interior | org:memberOf | Regional"]);
    for name in ["Department of Immigration", "Ministry of Interior", "Ministry of Labor", "Rescue Police"] {
        facts.know_nothing_called(name);
    }
}

#[test]
fn a_country_has_bodies_of_its_own() {
    // Names that the authority has for Mexico's bodies mean those in a report on Mexico, and in no other.
    let rows: &[(&str, &[(&str, &str)])] = &[(
        AGENCIES,
        &[
            ("Ministry of Labor and Social Welfare (STPS)", "Enforces child labor laws. (2)"),
            ("Secretariat of the Interior (SEGOB)", "Fights human trafficking. (3)"),
            ("Secretariat of Foreign Relations (SRE)", "Assists survivors of human trafficking. (4)"),
            ("Ministry of Labor", "Enforces laws against forced labor. (5)"),
        ],
    )];
    for (country, code) in [("Guatemala", "gtm"), ("Zambia", "zmb")] {
        let facts = read(country, rows);
        assert_eq!(flg_of(&facts, "/mex-"), Vec::<String>::new(), "no body of Mexico is in a report on {country}");
        assert!(!flg_of(&facts, &format!("/{code}-ministry-of-labor-and-social-welfare")).is_empty(), "{country} has its own");
    }
    let facts = read("Mexico", rows);
    for known in ["organization/mex-stps", "organization/mex-segob", "organization/mex-sre"] {
        assert!(!flg_of(&facts, known).is_empty(), "`{known}` is Mexico's");
    }
}

#[test]
fn the_laws_that_a_table_cites_are_known_by_their_names() {
    let facts = read(
        "Zambia",
        &[(
            LAWS,
            &[
                (
                    "Minimum Age for Work",
                    "Yes 15 Article 24 of the Constitution; Articles 16 and 81 of the Employment Code Act (22,23)",
                ),
                ("Minimum Age for Hazardous Work", "No 18 Prohibition of Employment of Children (Hazardous Labor) Order (24)"),
                (
                    "Prohibition of Forced Labor",
                    "Yes Sections 2 and 3 of the Schedule of the Employment of Children Act, and Section 8 of Law No. 162-XVI on Servants (25)",
                ),
                ("Prohibition of Child Trafficking", "Unknown (26)"),
                ("Free Public Education", "North Yes 16 The Northern Education Ordinance (27)"),
            ],
        )],
    );
    let laws = flg_of(&facts, "/instrument/zmb-");
    let names: Vec<&str> = laws.iter().map(|l| l.rsplit('/').next().unwrap().trim_end_matches('>')).collect();
    assert_eq!(
        names,
        [
            "zmb-constitution",
            "zmb-employment-code-act",
            "zmb-employment-of-children-act",
            "zmb-law-no-162-xvi-on-servants",
            "zmb-northern-education-ordinance",
            "zmb-prohibition-of-employment-of-children-hazardous-labor-order",
        ]
    );
}
