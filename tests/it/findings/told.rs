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

#[test]
fn sums_stand_before_names_and_officers_for_their_bodies() {
    let facts = tables(&[
        (
            PROGRAMS,
            &[
                (
                    "USDOL-Funded Projects",
                    "These projects include: $8.4 million Clear Nets for All (2021–2026); a $10 million 4-year Open Quay Project; and €2 \
                     million Bright Ropes (2015–2021). (1)",
                ),
                ("Sailor School Project", "Harbor Bank project ($2.2 million) that teaches sailors. (2)"),
            ],
        ),
        (
            MECHANISMS,
            &[(
                "Tide Committee",
                "Coordinates inspections. Led by the Chief Executive Officer of the Ministry of Tides; includes others. (3)",
            )],
        ),
        (AGENCIES, &[("National Police", "Through its Sailor Trafficking Monitoring Cell, investigate crimes. (4)")]),
    ]);
    facts.say(&[
        "Clear Nets for All | flg:amount | 8400000",
        "Open Quay Project | flg:amount | 10000000",
        "Bright Ropes | flg:amount | 2000000",
        "Sailor School Project | flg:amount | 2200000",
        "Ministry of Tides | flg:leads | Tide Committee",
        "Sailor Trafficking Monitoring Cell | org:subOrganizationOf | National Police",
    ]);
}

#[test]
fn titles_without_a_noun_are_each_a_programme_where_who_pays_or_carries_out_follows() {
    let facts = table(
        PROGRAMS,
        &[(
            "Donor-Funded Projects",
            "Clear Nets for All, funded by the European Union, aims to teach sailors; Bright Ropes at Sea, implemented by World Vision; Open \
             Quays, financed by USAID. (1)",
        )],
    );
    facts.say(&["Clear Nets for All | flg:fundedBy | European Union", "Bright Ropes at Sea | flg:implementedBy | World Vision"]);
    facts.say_nothing_of(&["Clear Nets for All | flg:implementedBy", "Bright Ropes at Sea | flg:fundedBy | European"]);
}

#[test]
fn a_title_goes_on_behind_and_or() {
    let facts = table(
        PROGRAMS,
        &[(
            "USDOL-Funded Projects",
            "USDOL-funded projects to address debt. Includes Capacity of Ports to Address Net and/or Rope Debt, and Violations of Rest at \
             Sea (CAPSEA) (2019–2022), a $5.25 million project to build ports. (1)",
        )],
    );
    facts.say(&[
        "Capacity of Ports to Address Net and/or Rope Debt, and Violations of Rest at Sea | flg:amount | 5250000",
        "Capacity of Ports to Address Net and/or Rope Debt, and Violations of Rest at Sea | flg:startDate | 2019",
    ]);
}

#[test]
fn what_was_done_and_what_is_said_of_something_else_is_no_mandate() {
    let facts = tables(&[
        (
            AGENCIES,
            &[(
                "Tide Inspectorate",
                "Inspects vessels in ports. The hotline has operators at night. This budget covers six boats. The inspectorate met nine times, with \
                 guests. In the case of the Directorate for Nets, assists sailors. (1)",
            )],
        ),
        (
            PROGRAMS,
            &[
                ("Sailor Hotline†", "Takes calls. The hotline provides advice on debt. The program ended in December 2021. (2)"),
                (
                    "Ministry of Tides Programs - Open Line†, Clear Line†",
                    "Open Line provides beds to sailors. MT also operates Clear Line, a service that carries letters. (3)",
                ),
            ],
        ),
    ]);
    facts.say(&["Tide Inspectorate | flg:mandate | Inspects vessels in ports"]);
    facts.say_nothing_of(&[
        "has operators",
        "This budget",
        "met nine times",
        "assists sailors",
        "flg:objective | The program ended",
    ]);
    let served: Vec<&String> = facts.0.iter().filter(|f| f.contains("letters")).collect();
    assert!(served.iter().all(|f| f.starts_with("Clear Line ")) && !served.is_empty(), "{served:?}");
    assert!(facts.0.iter().any(|f| f.contains("Sailor Hotline | flg:objective | ") && f.contains("advice on debt")));
}

#[test]
fn two_programmes_that_a_title_joins_are_each_told_by_what_the_text_says_of_it() {
    let facts = tables(&[
        (AGENCIES, &[("Ministry of Tides (MOT)", "Enforces laws on nets. (5)")]),
        (
            PROGRAMS,
            &[(
                "Ministry of Tides (MOT) Programs - Net Scheme†, Openline†, TideTrack and Nava-Dora†",
                "Net Scheme provides sailors with nets. (1) MOT also operates Openline, a telephone service for sailors. (2) MOT also operates \
             TideTrack, an online portal that tracks missing vessels. (3) TideTrack's Nava-Dora (Lost and Found) website allows sailors to \
             report missing nets. (4)",
            )],
        ),
    ]);
    facts.say(&[
        "TideTrack | flg:implementedBy | Ministry of Tides",
        "Openline | flg:implementedBy | Ministry of Tides",
        "Nava-Dora | flg:objective | allows sailors to report missing nets",
    ]);
    facts.say_nothing_of(&[
        "Openline | flg:objective | allows",
        "Net Scheme | flg:objective | MOT also",
        "TideTrack and Nava-Dora",
    ]);
    let facts = table(
        PROGRAMS,
        &[("Nets and Ropes Fund†", "The Fund provides sailors with Nets and with Ropes. (1) It helps young sailors. (2)")],
    );
    facts.say(&["Nets and Ropes Fund | flg:objective | helps young sailors"]);
}

#[test]
fn what_someone_else_joined_is_not_what_a_body_is_for_and_a_document_is_the_plan() {
    let facts = table(
        POLICIES,
        &[
            (
                "National Harbor Strategy (2018–2028)",
                "Aims to protect nets. (1) The Tide Office also joined the Alliance for Safe Ports, which is led by the Ministry of Tides to \
                 stop child labor on vessels. (2)",
            ),
            (
                "Open Quay Plan (2020–2024)",
                "Aims to open quays. (3) This document contains a list of concrete steps meant to end child labor. (4)",
            ),
        ],
    );
    facts.say(&["Open Quay Plan | flg:objective | This document contains a list of concrete steps meant to end child labor"]);
    facts.say_nothing_of(&[
        "flg:mandate | to stop child labor",
        "Tide Office | flg:addressesIssue",
        "National Harbor Strategy | flg:addressesIssue",
    ]);
}

#[test]
fn what_was_done_once_is_not_what_a_thing_is_for() {
    let done = [
        "Under this plan, MOT held two discussions on nets in May 2021 with 300 sailors.",
        "Under these guidelines, MOT published a manual that specifies measures for sailors.",
        "Within the framework of this policy, the government announced a new certification of nets.",
        "In line with the plan, MOT launched a court to commence trials for 60 sailors.",
        "On the International Day Against Storms, MOT held an outreach with hotels.",
        "Victims received medical care and training in nets.",
        "Additionally, 118 sailors received services from the harbor.",
        "Moreover, the first report on nets was submitted by the harbor.",
        "In the Zambian fiscal year 2020–2021, 2,492 sailors joined the program.",
        "During the year 410 sailors benefited from transfers.",
        "Currently, there are 14,971 sailors enrolled.",
        "Nationwide implementation began in July 2021.",
        "MOT has signed agreements with 112 ports to remove sailors from storms.",
        "MOT added 24 new sailors to the harbor.",
        "Ten of the regional teams of the harbor approved plans for nets.",
        "Attendance of sailors at school increased from 59 percent to 85 percent.",
        "Additional boards were established in the harbor.",
        "Parties to the plan include sailors and the owners of nets.",
        "Ended in 2021.",
    ];
    let text = done.map(|sentence| format!("{sentence} (2) "));
    let facts = table(
        POLICIES,
        &[("Open Quay Plan", &format!("Aims to open quays. (1) {}Protects the nets of sailors. (3)", text.concat()))],
    );
    facts.say(&[
        "Open Quay Plan | flg:objective | Aims to open quays",
        "Open Quay Plan | flg:objective | Protects the nets of sailors",
    ]);
    let told = facts.0.iter().filter(|fact| fact.contains("flg:objective")).count();
    assert_eq!(told, 2, "{:?}", facts.0);
}

#[test]
fn a_unit_named_behind_its_owners_acronym_leads_itself() {
    let facts = tables(&[
        (
            AGENCIES,
            &[
                ("Ministry of Women and Tides (MWT)", "Enforces laws on nets. (1)"),
                ("Tide Agency", "Led by MWT Rope Inspection Unit. (1)"),
                ("Harbor Protection Authority (HPA) Special Net Unit", "Rescues sailors at sea. (1)"),
                ("Harbor Bureau", "Also supervises the HPA Special Net Unit, which has 40 officers who investigate nets. (1)"),
            ],
        ),
        (
            MECHANISMS,
            &[(
                "Working Group on Nets",
                "Meets to coordinate nets. Chaired by MWT Child Labor Protection Directorate and includes representatives from NGOs. (2)",
            )],
        ),
        (PROGRAMS, &[("Harbor Hotline†", "Hotline run by the MWT Net Protection Committee for sailors. (3)")]),
    ]);
    facts.say(&[
        "Child Labor Protection Directorate | flg:chairs | Working Group on Nets",
        "Child Labor Protection Directorate | org:subOrganizationOf | Ministry of Women and Tides",
        "Rope Inspection Unit | flg:leads | Tide Agency",
        "Special Net Unit | org:subOrganizationOf | Harbor Protection Authority",
        "Special Net Unit | flg:mandate | Rescues sailors at sea",
        "Harbor Hotline | flg:implementedBy | Net Protection Committee",
    ]);
    facts.say_nothing_of(&[
        "Harbor Protection Authority | flg:mandate",
        "Ministry of Women and Tides | flg:chairs",
        "Ministry of Women and Tides | flg:leads",
    ]);
}
