//! Rows on several programmes: where each begins, what it is called, and who funds and runs it.

use super::{AGENCIES, MECHANISMS, POLICIES, PROGRAMS, table, tables};

#[test]
fn projects_that_a_title_announces_are_each_their_own() {
    let facts = tables(&[(
        PROGRAMS,
        &[(
            "ILO-Implemented Projects to Combat Net Debt",
            "ILO-implemented projects to address debt. These projects include the Clear Nets Project on Debt (2019–2022), an $8.5 million \
             EU-funded global project to address debt in cotton, and TIDE Africa, a $26.5 million Government of Netherlands-funded regional \
             project to address debt in gold mining. (1) The South Quay Project (Programme Quai Sud) is funded by Brazil ($400,000) and its \
             implementation by ILO started in 2020. (2)",
        )],
    )]);
    facts.say(&[
        "Clear Nets Project on Debt | flg:amount | 8500000",
        "Clear Nets Project on Debt | flg:fundedBy | European Union",
        "Clear Nets Project on Debt | flg:implementedBy | International Labour Organization",
        "TIDE Africa | flg:amount | 26500000",
        "TIDE Africa | flg:fundedBy | Government of the Netherlands",
        "TIDE Africa | flg:targetsSector | gold mining",
        "South Quay Project | flg:amount | 400000",
        "South Quay Project | flg:implementedBy | International Labour Organization",
    ]);
    facts.know_nothing_called("ILO-Implemented Projects to Combat Net Debt");
}

#[test]
fn a_project_begins_behind_a_sentence_on_the_period_and_ends_before_an_ngo() {
    let facts = tables(&[(
        PROGRAMS,
        &[(
            "Zambia Government and NGO-Implemented Programs",
            "The Reading for All Program is funded by USAID. This program was active during the reporting period. (1) The Zambia Girls Lead \
             through Reading (2018–2021) (ZG LEAD), a $15 million project implemented by Winrock International, aims to teach girls. (2) \
             Caritas Zambia, an NGO that operates three centers in Kafue, provides assistance to girls. (3)",
        )],
    )]);
    facts.say(&[
        "Reading for All Program | flg:fundedBy | United States Agency for International Development",
        "Zambia Girls Lead through Reading | flg:amount | 15000000",
        "Zambia Girls Lead through Reading | flg:implementedBy | Winrock International",
        "Zambia Girls Lead through Reading | flg:startDate | 2018",
    ]);
    facts.say_nothing_of(&["provides assistance to girls"]);
}

#[test]
fn names_in_quotation_marks_are_one_with_what_tells_them() {
    let facts = tables(&[(
        PROGRAMS,
        &[
            (
                "USDOL-Funded Projects",
                "\"P.A.R. Project\": Shared Strategy for Nets in Kafue (2019–2022), $2.5 million project implemented by World Vision; and \
                 Safer Quays for All in Zambia: (2020–2022), $2 million project implemented by ILO. (1)",
            ),
            (
                "IOM Net-Trafficking Programs",
                "Includes the Zambia Counter-Debt (2019–2022) program, which aims to train officers. (2) Includes the USAID-funded \"National \
                 Response to Debt\" program, a 2-year, $1.5 million project that seeks to raise awareness. (3)",
            ),
            ("“Back to Nets” Campaign", "UNICEF campaign to promote nets. (4)"),
            (
                "U.S. Government-Funded Programs",
                "USDOS-funded program to Combat Inherited Debt implemented by the American Bar Association to address debt. (5)",
            ),
        ],
    )]);
    facts.say(&[
        "Shared Strategy for Nets in Kafue | flg:amount | 2500000",
        "Shared Strategy for Nets in Kafue | flg:implementedBy | World Vision",
        "Safer Quays for All in Zambia | flg:startDate | 2020",
        "Safer Quays for All in Zambia | flg:endDate | 2022",
        "Safer Quays for All in Zambia | flg:amount | 2000000",
        "National Response to Debt | flg:fundedBy | United States Agency for International Development",
        "National Response to Debt | flg:amount | 1500000",
        "National Response to Debt | flg:implementedBy | International Organization for Migration",
        "Zambia Counter-Debt | flg:implementedBy | International Organization for Migration",
        "Combat Inherited Debt | flg:fundedBy | United States Department of State",
        "Combat Inherited Debt | flg:implementedBy | American Bar Association",
    ]);
    facts.say_nothing_of(&["P.A.R. Project |", "Zambia Counter-Debt | flg:fundedBy", "Zambia Counter-Debt | flg:amount"]);
    assert_eq!(facts.class_of("Back to Nets Campaign"), "flg:Programme");
}

#[test]
fn a_title_with_a_period_behind_two_names_may_be_one_and_what_funds_is_no_aim() {
    let facts = tables(&[(
        PROGRAMS,
        &[
            (
                "Safety Net Program (LISU) and Additional Financing (2014–2022)",
                "World Bank-funded project that grants access to schools. (1)",
            ),
            (
                "Net Reading Program (2017–2022)",
                "$25 million UN Harbor Stabilization Mission in Kafue-implemented program that aims to teach. (2) Operated by the Ministry of \
                 Tides, address debt among children. (3)",
            ),
            (
                "Tide Lamp Memorandum (2018–2021)",
                "$1.2 million, 3-year project funded by World Vision, focusing on lamps and nets. (4)",
            ),
            ("Asia Lamp Program (2019–2023)", "Funded by ILO and implemented with UNICEF, works to align policies. (5)"),
        ],
    )]);
    facts.say(&[
        "Net Reading Program | flg:implementedBy | UN Harbor Stabilization Mission in Kafue",
        "Net Reading Program | flg:objective | address debt among children",
        "Tide Lamp Memorandum | flg:objective | focusing on lamps and nets",
        "Asia Lamp Program | flg:partner | United Nations Children's Fund",
    ]);
    facts.know_nothing_called("Additional Financing");
}

#[test]
fn another_countrys_government_pays_for_its_programs_and_stakeholders_are_told() {
    let facts = tables(&[(
        PROGRAMS,
        &[
            (
                "United States Government Programs (non-DOL)",
                "$27 million USDA-funded International Net Reading Program, implemented by World Vision in cooperation with the Ministry of \
                     Tides, which improves reading. (1)",
            ),
            (
                "Tide Support Project (2019–2025)",
                "Implemented by the state-owned National Net Corporation. Key stakeholders of the project include government ministries such \
                     as the Ministry of Lamps and the Ministry of Tides. (2) At the beginning of the 2021–2022 school year, the government began \
                     grants to schools in Lusaka. The project continued in 2021. (3)",
            ),
            ("Quay Program", "$3 million World Vision project nested under a framework. (4)"),
        ],
    )]);
    facts.say(&[
        "International Net Reading Program | flg:fundedBy | Government of the United States",
        "International Net Reading Program | flg:fundedBy | United States Department of Agriculture",
        "International Net Reading Program | flg:implementedBy | World Vision",
        "International Net Reading Program | flg:amount | 27000000",
        "Tide Support Project | flg:implementedBy | National Net Corporation",
        "Tide Support Project | flg:counterpart | Ministry of Lamps",
        "Tide Support Project | flg:counterpart | Ministry of Tides",
    ]);
    facts.say_nothing_of(&[
        "flg:implementedBy | Government of the United States",
        "Tide Support Project | flg:coversPlace",
        "continued in 2021",
        "Quay Program | flg:objective",
    ]);
}

#[test]
fn a_body_that_only_bears_the_name_of_another_countrys_is_the_reports_own() {
    let facts = tables(&[(
        PROGRAMS,
        &[
            ("Secretariat of Public Education Programs", "$3 million Quay Reading Program, which improves reading. (1)"),
            (
                "Rope Lamp Project",
                "$2 million project implemented by World Vision in cooperation with the Secretariat of Public Education, which teaches girls \
                 to read. (2)",
            ),
            (
                "Net Lamp Project",
                "$4 million project implemented by World Vision in cooperation with the Government of Mexico, which teaches boys to read. (3)",
            ),
        ],
    )]);
    facts.say(&[
        "Quay Reading Program | flg:implementedBy | Secretariat of Public Education",
        "Rope Lamp Project | flg:counterpart | Secretariat of Public Education",
        "Net Lamp Project | flg:partner | Government of Mexico",
    ]);
    facts.say_nothing_of(&[
        "Quay Reading Program | flg:fundedBy | Secretariat of Public Education",
        "Rope Lamp Project | flg:partner | Secretariat of Public Education",
        "Net Lamp Project | flg:counterpart",
    ]);
}

#[test]
fn what_a_project_costs_and_who_runs_it_is_no_objective_whatever_the_currency() {
    let row = |sum: &str| format!("{sum} project run by World Vision with the Ministry of Tides. (1)");
    let sums = ["$2 million", "€2 million", "EUR 2 million", "US$2,000,000"];
    for sum in sums.map(row) {
        let facts = tables(&[(PROGRAMS, &[("South Quay Project", sum.as_str())])]);
        facts.say(&["South Quay Project | flg:amount | 2000000"]);
        facts.say_nothing_of(&["South Quay Project | flg:objective"]);
    }
}

#[test]
fn a_title_that_says_first_what_its_bodies_do_names_the_bodies() {
    let facts = tables(&[
        (
            AGENCIES,
            &[
                (
                    "Harbor Control: Tide Immigration Agency and General Authority for Quay Protection",
                    "Responsible for investigating trafficking in ports. (1)",
                ),
                (
                    "Quay Law Agencies: National Tide Police (NTP), National Bureau of Ropes (NBR) and the Harbor Drug Agency (HDA)",
                    "NTP investigates crimes. (2) NBR enforces laws on ropes. (3) Oversees the NTP-WX Night Trafficking Division. (4)",
                ),
                (
                    "National Buoy Commission, Dept. of Ports–Office of Tides, Zambia Reef Crimes Center (ZARCC)",
                    "National Buoy Commission enforces laws on buoys. (8) ZARCC investigates crimes on reefs. (9)",
                ),
            ],
        ),
        (
            MECHANISMS,
            &[(
                "Labor Coordination: National Committee on Nets; and Technical Working Group on Ropes, and Harbor Labor Committee",
                "National Committee on Nets: Oversees the work on nets. (5) Technical Working Group on Ropes: Coordinates the work on ropes. (6)",
            )],
        ),
        (
            POLICIES,
            &[(
                "Tide Plan (2020–2024)",
                "Works with the Net and Rope Coordinating Council and National Sub-Council on Quays. (7)",
            )],
        ),
    ]);
    facts.say(&[
        "Tide Immigration Agency | flg:mandate | Responsible for investigating trafficking in ports",
        "General Authority for Quay Protection | flg:mandate | Responsible for investigating trafficking in ports",
        "National Tide Police | flg:mandate | NTP investigates crimes",
        "National Bureau of Ropes | flg:mandate | NBR enforces laws on ropes",
        "National Buoy Commission | flg:mandate | National Buoy Commission enforces laws on buoys",
        "Zambia Reef Crimes Center | flg:mandate | ZARCC investigates crimes on reefs",
        "National Committee on Nets | flg:mandate | Oversees the work on nets",
        "Technical Working Group on Ropes | flg:mandate | Coordinates the work on ropes",
    ]);
    for committee in ["Harbor Labor Committee", "Net and Rope Coordinating Council", "National Sub-Council on Quays"] {
        assert_eq!(facts.class_of(committee), "flg:Commission");
    }
    assert_eq!(facts.class_of("Dept. of Ports–Office of Tides"), "flg:GovernmentBody");
    assert_eq!(facts.class_of("NTP-WX Night Trafficking Division"), "flg:GovernmentBody");
}

#[test]
fn an_acronym_of_the_issue_at_the_end_of_a_name_is_not_the_bodys() {
    let facts = table(
        MECHANISMS,
        &[(
            "Harbor Committee Against Trafficking in Persons (TIP)",
            "Coordinates training. Mandated by the Open Quay Act of 2015. Trained officers on TIP. (1)",
        )],
    );
    facts.say(&["Harbor Committee Against Trafficking in Persons | flg:basedOn | Open Quay Act"]);
    facts.say_nothing_of(&["Harbor Committee Against Trafficking in Persons | flg:acronym", "flg:mandate | Mandated"]);
}

#[test]
fn what_happened_to_a_programme_is_not_what_it_is_for_and_a_word_before_a_hyphen_runs_nothing() {
    let facts = tables(&[
        (
            AGENCIES,
            &[
                ("Ministry of Tides (MOT)", "Enforces laws on nets. (1)"),
                ("Harbor Office (HO)", "Mandate renewed in May 2021. (2)"),
            ],
        ),
        (
            PROGRAMS,
            &[
                (
                    "School Net Program†",
                    "Government-mandated program that gives nets to schools. (3) Program was halted during storms and funds were used to \
                     provide assistance to sailors. (4)",
                ),
                ("Rope Campaign†", "Campaign carried out through HO that raises awareness of ropes. (5)"),
                ("Tide Monitoring System†", "MOT system in pilot districts that identifies vessels. (6)"),
            ],
        ),
    ]);
    facts.say(&[
        "School Net Program | flg:objective | gives nets to schools",
        "Rope Campaign | flg:implementedBy | Harbor Office",
        "Tide Monitoring System | flg:implementedBy | Ministry of Tides",
    ]);
    facts.say_nothing_of(&[
        "School Net Program | flg:implementedBy",
        "flg:objective | to provide assistance",
        "Harbor Office | flg:mandate",
    ]);
}

#[test]
fn a_label_that_a_title_has_in_other_words_means_that_body() {
    let facts = table(
        MECHANISMS,
        &[(
            "Nets in Storms: UNTFN; and National Committee on Ropes",
            "UN Task Force on Nets (UNTFN) on Grave Storms in Harbors: Coordinates the work on nets. (1) Operates a hotline for sailors. (2) \
             National Committee on Ropes: Oversees the work on ropes. (3)",
        )],
    );
    facts.say(&["National Committee on Ropes | flg:mandate | Oversees the work on ropes"]);
    facts.say_nothing_of(&[
        "National Committee on Ropes | flg:mandate | Operates",
        "National Committee on Ropes | flg:mandate | UN",
    ]);
    facts.say(&["UN Task Force on Nets | flg:mandate | Coordinates the work on nets"]);
    facts.say(&["UN Task Force on Nets | flg:mandate | Operates a hotline for sailors"]);
}
