//! What rows tell in wordings of many countries, of bodies, policies and programmes: who is part of whom, who runs what, and what is
//! none of that.

use super::{AGENCIES, LAWS, MECHANISMS, POLICIES, PROGRAMS, table, tables};

#[test]
fn a_unit_under_which_a_body_does_something_is_not_above_it() {
    let facts = table(
        AGENCIES,
        &[
            ("National Harbor Police", "Investigate crimes at sea. Under the Directorate for Quays, provide advice on nets. (1)"),
            ("Tide Agency", "Under the Ministry of Tides, inspects vessels. (2)"),
        ],
    );
    facts.say(&["Tide Agency | org:subOrganizationOf | Ministry of Tides"]);
    facts.say_nothing_of(&["National Harbor Police | org:subOrganizationOf"]);
}

#[test]
fn what_the_ministry_has_and_acts_through_is_a_part_of_it() {
    let facts = table(
        AGENCIES,
        &[("Ministry of Tides", "Conducts inspections through the Ministry’s Committee on Nets, Ropes and Quays. (1)")],
    );
    facts.say(&[
        "Committee on Nets, Ropes and Quays | org:subOrganizationOf | Ministry of Tides",
        "Ministry of Tides | flg:actsThrough | Committee on Nets, Ropes and Quays",
    ]);
}

#[test]
fn a_remark_in_a_title_names_nobody() {
    let facts = table(
        PROGRAMS,
        &[(
            "United States Government Programs (non-DOL)",
            "$27 million U.S. Department of Agriculture-funded Clear Nets Program, implemented by World Vision, which improves ports. (1)",
        )],
    );
    facts.say(&["Clear Nets Program | flg:implementedBy | World Vision"]);
    facts.know_nothing_called("DOL");
}

#[test]
fn members_in_brackets_and_bodies_that_carry_out_a_policy() {
    let facts = tables(&[
        (
            MECHANISMS,
            &[
                (
                    "Office of the Tide Coordinator",
                    "Includes representatives of seven government ministries (in addition to the Police Directorate and the Supreme \
                     Court), and two NGOs. (1)",
                ),
                (
                    "Harbor Committee",
                    "Implements the National Harbor Plan (NHP) for the Protection of Nets 2020–2022. The committee was launched in July \
                     2021 by the Tide Office. (2)",
                ),
                ("Quay Board", "Supervises, monitors, and evaluates the Quay Policy. (3)"),
            ],
        ),
        (
            POLICIES,
            &[
                ("National Harbor Plan for the Protection of Nets (2020–2022)", "Aims to protect nets. (4)"),
                (
                    "Quay Policy",
                    "Aims to open quays. Government implementing partners include the Ministry of Quays and the Ministry of Ropes. (5)",
                ),
            ],
        ),
    ]);
    facts.say(&[
        "Police Directorate | org:memberOf | Office of the Tide Coordinator",
        "Supreme Court | org:memberOf | Office of the Tide Coordinator",
        "Harbor Committee | flg:operates | National Harbor Plan for the Protection of Nets",
        "Quay Board | flg:operates | Quay Policy",
        "Ministry of Quays | flg:operates | Quay Policy",
        "Ministry of Ropes | flg:operates | Quay Policy",
    ]);
    facts.say_nothing_of(&["flg:mandate | The committee was launched", "flg:objective | Government implementing partners"]);
}

#[test]
fn programmes_told_in_passing_with_their_sums_and_runners() {
    let facts = table(
        PROGRAMS,
        &[
            ("Shelters for Sailors†", "Include Open Door, an IOM program that provides shelter. (1)"),
            (
                "UNICEF Programs",
                "Help sailors. Through its $21 million Clear Nets (2020–2022) program, supports 230 sailors. (2)",
            ),
            ("Fair Quays Project", "Partnership program developed between UNICEF and ILO on quays. (3)"),
        ],
    );
    facts.say(&[
        "Clear Nets | flg:amount | 21000000",
        "Fair Quays Project | flg:implementedBy | International Labour Organization",
        "Fair Quays Project | flg:implementedBy | United Nations Children's Fund",
    ]);
}

#[test]
fn a_plan_of_some_years_and_a_law_in_two_spellings_have_one_name() {
    let facts = tables(&[
        (
            LAWS,
            &[
                ("Minimum Age", "Article 3 of the Harbor Labour Act (1)"),
                ("Hazardous Work", "Article 5 of the Harbor Labor Act (2)"),
            ],
        ),
        (POLICIES, &[("Tide Policies", "Includes the 5-Year Plan for Harbors (2017–2021), which aimed to open quays. (3)")]),
        (
            MECHANISMS,
            &[(
                "Task Force to Carry Out the Open Quay Act (OQA)",
                "Coordinates inspections. OQA plans are in place in only two states. (4)",
            )],
        ),
    ]);
    facts.say(&["5-Year Plan for Harbors | flg:startDate | 2017"]);
    facts.know_nothing_called("Year Plan for Harbors");
    facts.know_nothing_called("Harbor Labor Act");
    facts.say_nothing_of(&["Task Force to Carry Out the Open Quay Act | flg:acronym", "flg:mandate | OQA plans"]);
}
