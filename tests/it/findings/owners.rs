//! Whose a body is and who acts through whom, and of whom a sentence speaks that begins with another's name.

use super::{AGENCIES, MECHANISMS, POLICIES, PROGRAMS, tables};

#[test]
fn a_board_of_a_part_of_the_country_is_spoken_of_behind_a_word_that_joins() {
    let facts = tables(&[(
        MECHANISMS,
        &[(
            "Net Task Forces",
            "The Office of the Special Envoy for Nets leads the federal efforts. (1) Separately, Kafue’s Counter-Trafficking Board \
             leads the state's efforts against debt. (2)",
        )],
    )]);
    facts.say(&["Kafue’s Counter-Trafficking Board | flg:mandate | Separately, Kafue’s Counter-Trafficking Board leads the state's efforts against debt"]);
    facts.say_nothing_of(&["Special Envoy for Nets | flg:mandate | Separately"]);
}

#[test]
fn a_unit_with_an_and_in_its_name_is_one_and_its_owners() {
    let facts = tables(&[(
        AGENCIES,
        &[
            (
                "Ministry of Tides",
                "The Zambia Police Force’s Child and Family Protection Unit investigates forced labor cases. (1) The Department of \
                 Special Nets' (DSN) Bureau of Tide Crime is tasked with enforcing tide laws. (2)",
            ),
            ("Ministry of Lamps’ Women and Children's Support Units", "Provide services to children. (3)"),
        ],
    )]);
    facts.say(&[
        "Child and Family Protection Unit | org:subOrganizationOf | Zambia Police Force",
        "Bureau of Tide Crime | org:subOrganizationOf | Department of Special Nets",
        "Women and Children's Support Units | org:subOrganizationOf | Ministry of Lamps",
    ]);
    facts.know_nothing_called("Family Protection Unit");
    facts.know_nothing_called("Zambia Police Force’s Child");
}

#[test]
fn what_is_done_through_a_unit_is_told_of_it_without_its_own_name() {
    let facts = tables(&[(
        AGENCIES,
        &[
            ("Harbor Police", "Assists vulnerable children through its Special Quay Units in Rif and Kafue. (1)"),
            (
                "Ministry of Lamps",
                "Through its seven-person Night Patrol Unit, located within the Ministry of Tides, rescues children at night. (2)",
            ),
            ("Ministry of Nets", "Through the Coast Police's Unit for Debt Cases, protects children from debt. (3)"),
        ],
    )]);
    facts.say(&[
        "Harbor Police | flg:actsThrough | Special Quay Units",
        "Special Quay Units | flg:mandate | Assists vulnerable children",
        "Ministry of Lamps | flg:actsThrough | Night Patrol Unit",
        "Night Patrol Unit | flg:mandate | rescues children at night",
        "Night Patrol Unit | org:subOrganizationOf | Ministry of Tides",
        "Ministry of Nets | flg:actsThrough | Unit for Debt Cases",
    ]);
    facts.say_nothing_of(&["Ministry of Lamps | org:subOrganizationOf", "Ministry of Nets | flg:actsThrough | Coast Police"]);
}

#[test]
fn a_ministry_goes_on_with_what_it_is_for_and_two_brigades_are_two() {
    let facts = tables(&[
        (
            AGENCIES,
            &[
                ("Ministry of Tides, Civil Service and Social Dialogue (MTD)", "Enforces tide laws. (1)"),
                (
                    "Ministry of Lamps’ Police Brigade for the Protection of Nets and Children, and the Brigade to Fight Debt",
                    "Investigate debt. (2)",
                ),
            ],
        ),
        (
            MECHANISMS,
            &[
                (
                    "Harbor Committee",
                    "Led by the Ministry of Nets, includes representatives from the Ministry of Quays and Public Service, and other ministries. (3)",
                ),
                (
                    "Quay Committee",
                    "Chaired by the Minister of MTD. Includes a technical committee, chaired by the Ministry of Nets. (4)",
                ),
            ],
        ),
    ]);
    facts.say(&[
        "Police Brigade for the Protection of Nets and Children | org:subOrganizationOf | Ministry of Lamps",
        "Brigade to Fight Debt | org:subOrganizationOf | Ministry of Lamps",
        "Ministry of Quays and Public Service | org:memberOf | Harbor Committee",
        "Ministry of Tides, Civil Service and Social Dialogue | flg:chairs | Quay Committee",
    ]);
    facts.know_nothing_called("Civil Service and Social Dialogue");
    facts.know_nothing_called("Public Service");
    facts.know_nothing_called("Ministry of MTD");
    facts.say_nothing_of(&["Ministry of Nets | flg:chairs | Quay Committee"]);
}

#[test]
fn another_name_in_brackets_is_no_owner_and_no_second_unit() {
    let facts = tables(&[(
        AGENCIES,
        &[
            ("Harbor Police", "The Net Brigade of the National Police (Brigade des Filets) is responsible for nets. (1)"),
            (
                "Ministry of Lamps",
                "Houses the Office for Quay Children (Department of Young Dockers). (2) Part of the Lamp Board. (3)",
            ),
        ],
    )]);
    facts.say(&["Office for Quay Children | org:subOrganizationOf | Ministry of Lamps"]);
    facts.say_nothing_of(&[
        "org:subOrganizationOf | Brigade des Filets",
        "Department of Young Dockers | org:subOrganizationOf",
        "flg:mandate | Part of the Lamp Board",
    ]);
}

#[test]
fn what_an_outsider_does_or_says_is_not_the_rows() {
    let facts = tables(&[
        (
            AGENCIES,
            &[(
                "Ministry of Tides (MOTI)",
                "MOTI can receive complaints on nets. (1) The Federation of Dock Unions (FDU) helps. (2) FDU also operates its own net desk for dockers. (3)",
            )],
        ),
        (
            PROGRAMS,
            &[
                (
                    "Tide Care Program",
                    "Provides meals to children. (4) Not all districts have a chapter. Nearly 800 children are participants of the \
                     service. (5) UNICEF stated that activities within Zambia were suspended. (6)",
                ),
                (
                    "Measurement and Nets Project (MAN 16)",
                    "The government collaborated with ILO to implement the USDOL-funded MAN 16 project in Kafue. (7)",
                ),
            ],
        ),
        (POLICIES, &[("2020–2024 Five Year Plan", "Includes goals on nets. (8)")]),
    ]);
    facts.say(&[
        "Measurement and Nets Project | flg:fundedBy | United States Department of Labor",
        "Measurement and Nets Project | flg:partner | International Labour Organization",
        "2020–2024 Five Year Plan | flg:startDate | 2020",
        "2020–2024 Five Year Plan | flg:endDate | 2024",
    ]);
    facts.say_nothing_of(&["own net desk", "Not all districts", "Nearly 800", "were suspended", "The government collaborated"]);
}
