//! Names in several wordings, and what rows say in passing: faults of reports of many countries, read for the first time.

use super::{AGENCIES, MECHANISMS, POLICIES, PROGRAMS, tables};

#[test]
fn a_project_keeps_its_whole_name_and_what_the_next_sentence_says_is_its_own() {
    let facts = tables(&[(
        PROGRAMS,
        &[(
            "ILO-Funded Projects",
            "ILO projects that aim to eliminate child labor. (1) The Coastal Orchard Program (2019–2023), funded by USAID, aims to \
             assist farmers. (2) The Ending Child Labor and Debt in the Cotton, Net and Rope Value Chains (Clear Ropes) project \
             (2018–2022) is co-funded by EU and ILO. Focuses on the rope-making sector. (3) The Promoting Rights at Work in the \
             Cotton Supply Chain project (2017–2021) was a partnership aimed at promoting rights for a sustainable supply chain. \
             (4) Include Safer Nets in Selected Ports - A Bright Harbor Fund, a $5 million project implemented by World Vision. (5)",
        )],
    )]);
    facts.say(&[
        "Ending Child Labor and Debt in the Cotton, Net and Rope Value Chains | flg:fundedBy | European Union",
        "Ending Child Labor and Debt in the Cotton, Net and Rope Value Chains | flg:startDate | 2018",
        "Ending Child Labor and Debt in the Cotton, Net and Rope Value Chains | flg:endDate | 2022",
        "Promoting Rights at Work in the Cotton Supply Chain | flg:startDate | 2017",
        "Safer Nets in Selected Ports - A Bright Harbor Fund | flg:amount | 5000000",
        "Safer Nets in Selected Ports - A Bright Harbor Fund | flg:implementedBy | World Vision",
    ]);
    facts.know_nothing_called("Cotton Supply Chain");
    facts.know_nothing_called("A Bright Harbor Fund");
    facts.say_nothing_of(&[
        "Coastal Orchard Program | flg:targetsSector | cotton",
        "Coastal Orchard Program | flg:fundedBy | European Union",
    ]);
}

#[test]
fn a_countrys_service_and_a_foundation_are_no_programmes() {
    let facts = tables(&[(
        PROGRAMS,
        &[
            ("Zambia Reading Service", "Places teachers in rural schools. (1)"),
            ("Harbor Foundation for Readers", "Provides books to schools. (2)"),
            ("School Bus Service†", "Provides free rides to pupils. (3)"),
        ],
    )]);
    let class = |name: &str| facts.class_of(name);
    assert_eq!(class("Zambia Reading Service"), "flg:GovernmentBody");
    assert_eq!(class("Harbor Foundation for Readers"), "flg:CivilSocietyOrganization");
    assert_eq!(class("School Bus Service"), "flg:Programme");
}

#[test]
fn a_body_is_one_however_its_aim_is_worded() {
    let facts = tables(&[
        (
            MECHANISMS,
            &[
                ("National Commission on the Fight Against Tide Debt", "Coordinates efforts against debt. (1)"),
                ("Inter-Ministerial Committee on Harbor Children & Youth", "Reviews policies on harbors. (2)"),
            ],
        ),
        (
            POLICIES,
            &[
                ("Tide Policy (2020–2024)", "Overseen by the Commission to Combat Tide Debt. (3)"),
                ("Harbor Policy (2020–2024)", "Overseen by the Interministerial Committee on Harbor Children and Youth. (4)"),
            ],
        ),
    ]);
    facts.say(&[
        "National Commission on the Fight Against Tide Debt | flg:operates | Tide Policy",
        "Inter-Ministerial Committee on Harbor Children & Youth | flg:operates | Harbor Policy",
    ]);
    facts.know_nothing_called("Commission to Combat Tide Debt");
}

#[test]
fn whose_representatives_a_body_includes_is_its_member_and_no_part_of_it() {
    let facts = tables(&[(
        AGENCIES,
        &[
            (
                "Joint Harbor Unit",
                "Includes representatives from the Ministry of Tides (MT); the Ministry of Lamps; and Net Police. (1)",
            ),
            ("Harbor Police", "Includes the Quay Protection Unit. (2)"),
        ],
    )]);
    facts.say(&[
        "Ministry of Tides | org:memberOf | Joint Harbor Unit",
        "Ministry of Lamps | org:memberOf | Joint Harbor Unit",
        "Quay Protection Unit | org:subOrganizationOf | Harbor Police",
    ]);
    assert!(!facts.0.iter().any(|fact| fact.ends_with("| org:subOrganizationOf | Joint Harbor Unit")), "{:?}", facts.0);
}

#[test]
fn a_unit_behind_its_owners_acronym_and_the_plural_of_an_acronym_are_understood() {
    let facts = tables(&[
        (
            AGENCIES,
            &[(
                "Ministry of Tides (MOTI)",
                "Enforces child labor laws. Refers children to the MOTI Young Workers Protection Unit. (1)",
            )],
        ),
        (
            MECHANISMS,
            &[
                ("Local Harbor Committees (LOHACO)", "Coordinate efforts in harbors; operate under the Ministry of Tides. (2)"),
                (
                    "Dock Council",
                    "Advises the ministries. Created in 2015, and members include MOTI, UNICEF, and the LOHACOs. (3)",
                ),
            ],
        ),
        (POLICIES, &[("Harbor Roadmap (2016–2020)", "Led by MOTI and LOHACOs. (4)")]),
    ]);
    facts.say(&[
        "Young Workers Protection Unit | org:subOrganizationOf | Ministry of Tides",
        "Local Harbor Committees | flg:operates | Harbor Roadmap",
        "Ministry of Tides | flg:operates | Harbor Roadmap",
    ]);
    facts.know_nothing_called("MOTI Young Workers Protection Unit");
}

#[test]
fn funders_and_runners_of_a_program_are_told_by_the_words_before_its_noun() {
    let facts = tables(&[(
        PROGRAMS,
        &[
            (
                "Harbor Skills for Migrants (2017–2024)",
                "A $17 million ILO- and USAID-funded project that aims to train crews. (1)",
            ),
            (
                "USDOL-Funded Projects",
                "USDOL-funded global projects implemented by ILO to support efforts against debt. Include Bridge to the Reef (The \
                 Reef Project); and Ropes for All (2019–2021), a $300,000 program. (2)",
            ),
        ],
    )]);
    facts.say(&[
        "Harbor Skills for Migrants | flg:fundedBy | International Labour Organization",
        "Harbor Skills for Migrants | flg:fundedBy | United States Agency for International Development",
        "Bridge to the Reef | flg:implementedBy | International Labour Organization",
        "Ropes for All | flg:implementedBy | International Labour Organization",
    ]);
}
