//! Where names, lists and sentences begin and end: faults of reports that were read for the first time.

use super::{AGENCIES, Facts, LAWS, MECHANISMS, POLICIES, PROGRAMS, Page, table};

#[test]
fn what_a_ministry_or_committee_is_for_is_no_part_of_it() {
    let facts = table(
        MECHANISMS,
        &[
            (
                "Port-Level Committee on Children's Issues",
                "Coordinates efforts on child labor. Chaired by the Ministry of Ports. (2)",
            ),
            ("Ministry of Harbors, Families, and Island People's Affairs (MHF)", "Oversees the shelters of all islands. (3)"),
            ("Ministry of Ports' Rope Inspection Unit", "Enforces child labor laws. (4)"),
        ],
    );
    facts.say(&[
        "Ministry of Ports | flg:chairs | Port-Level Committee on Children's Issues",
        "Ministry of Harbors, Families, and Island People's Affairs | flg:mandate | Oversees the shelters of all islands",
        "Rope Inspection Unit | org:subOrganizationOf | Ministry of Ports",
    ]);
    facts.know_nothing_called("Issues");
    facts.know_nothing_called("Affairs");
}

#[test]
fn years_alone_are_of_the_name_before_them() {
    let facts = table(PROGRAMS, &[("Tide Rescue Program (TRP), 2019–2022", "Helps children at sea. (2)")]);
    facts.say(&["Tide Rescue Program | flg:startDate | 2019", "Tide Rescue Program | flg:endDate | 2022"]);
    assert!(facts.1.diagnostics.iter().all(|d| !d.message.contains("unnamed")), "{:?}", facts.1.diagnostics);
    let facts = table(PROGRAMS, &[("UNICEF Tide Program for 2021–2025", "Helps children at sea. (2)")]);
    facts.say(&["UNICEF Tide Program | flg:startDate | 2021"]);
    facts.know_nothing_called("UNICEF Tide Program for");
}

#[test]
fn citations_with_semicolons_are_no_part_of_a_law() {
    let mut page = Page::new("Zambia", 2021);
    page.table(
        LAWS,
        ["Standard", "Legislation"],
        &[("Prohibition of Slavery", "Article 1 of the Tide Law; Articles 39 and 44 of the Penal Code (9; 10; 11)")],
        &[],
    );
    let facts = Facts::read(page);
    assert_eq!(facts.class_of("Penal Code"), "flg:LegalInstrument");
    facts.know_nothing_called("Penal Code (9");
    facts.know_nothing_called("Penal Code (9; 10; 11");
}

#[test]
fn an_acronym_in_a_programmes_title_may_be_that_of_who_runs_it() {
    let facts = table(
        PROGRAMS,
        &[(
            "Ministry of Ports and Ropes (MOPR) Crew Attendance Database",
            "Online database maintained by MOPR to monitor crews. (2)",
        )],
    );
    facts.say(&["Ministry of Ports and Ropes Crew Attendance Database | flg:implementedBy | Ministry of Ports and Ropes"]);
    // What an acronym in the middle is otherwise.
    table(PROGRAMS, &[("Harbor Aid (HAID) Project", "Helps crews at sea. (2)")])
        .say(&["Harbor Aid Project | flg:objective | Helps crews at sea"]);
}

#[test]
fn semicolons_part_ministries_whose_names_have_an_and() {
    let facts = table(
        MECHANISMS,
        &[
            (
                "Tide Council",
                "Coordinates. Includes the Ministries of Ports and Crew Care; Basic and Higher Schooling; and Youth Development, Ropes, \
                 and Island Trade. (2)",
            ),
            ("Rope Council", "Coordinates. Comprises the Ministries of Ports, Local Government, and Foreign Affairs. (3)"),
        ],
    );
    facts.say(&[
        "Ministry of Ports and Crew Care | org:memberOf | Tide Council",
        "Ministry of Basic and Higher Schooling | org:memberOf | Tide Council",
        "Ministry of Local Government | org:memberOf | Rope Council",
        "Ministry of Foreign Affairs | org:memberOf | Rope Council",
    ]);
    for none in ["Ministry of Crew Care", "Basic and Higher Schooling", "Ministry of Local Local", "Ministry of Local", "Ropes"] {
        facts.know_nothing_called(none);
    }
}

#[test]
fn who_takes_part_is_no_project_and_no_unit_of_another() {
    let facts = table(
        PROGRAMS,
        &[(
            "USDOL-Funded Projects",
            "Include Safe Ropes Project (2018–2022), a $3 million project implemented by Winrock. Along with IOM and the Free Tide \
             Foundation, the ROPE 16 project conducted research on forced labor at sea. (2)",
        )],
    );
    facts.say(&["Safe Ropes Project | flg:amount | 3000000"]);
    facts.know_nothing_called("Along with IOM and the Free Tide Foundation");
    facts.say_nothing_of(&["IOM and the Free Tide Foundation | flg:fundedBy"]);
    let facts = table(
        AGENCIES,
        &[
            ("National Tide Police (NTP)", "Enforces criminal laws on child labor. (2)"),
            (
                "Crew Protection Section (CPS)",
                "A division within the National Tide Police (NTP) that investigates trafficking in cooperation with the NTP's Rope Unit and \
                 the Zambia Immigration Service. (6)",
            ),
        ],
    );
    facts.say(&["Rope Unit | org:subOrganizationOf | National Tide Police"]);
    facts.say_nothing_of(&["Zambia Immigration Service | org:subOrganizationOf"]);
}

#[test]
fn what_is_built_or_who_helps_tells_no_sector() {
    let facts = table(
        PROGRAMS,
        &[(
            "Island Reading Program†",
            "Promotes reading through the construction of classrooms, in partnership with the ministries of Education and Agriculture. (2)",
        )],
    );
    facts.say(&["Island Reading Program | flg:counterpart | Ministry of Agriculture"]);
    facts.say_nothing_of(&["Island Reading Program | flg:targetsSector"]);
}

#[test]
fn a_deed_behind_and_is_no_law_and_a_preposition_ends_no_name() {
    let facts = table(
        POLICIES,
        &[(
            "Tide Plan (2018–2022)",
            "Aims to protect crews under the Charter for the Prevention of Child Labor and the Regulation of Crew Work. (2)",
        )],
    );
    facts.know_nothing_called("Regulation of Crew Work");
    let facts = table(
        AGENCIES,
        &[(
            "Criminal Tide Police",
            "Through the Department on Crew Violence Within the Police, conducts investigations of trafficking. (2)",
        )],
    );
    facts.say(&["Criminal Tide Police | flg:actsThrough | Department on Crew Violence"]);
    facts.know_nothing_called("Department on Crew Violence Within");
}

#[test]
fn a_clause_on_how_it_came_about_is_no_purpose_and_hides_none() {
    let facts = table(
        POLICIES,
        &[
            ("Rope Plan", "Established through Ports Resolution 268/2021 in 2021, targets leaders of crews at sea. (2)"),
            ("Tide Plan", "Created in 2019 by the Ministry of Ports, encourages crews to read. (3)"),
            ("Port Plan", "Launched in 2020. Administered by the Ministry of Ports. (4)"),
        ],
    );
    facts.say(&[
        "Rope Plan | flg:objective | targets leaders of crews at sea",
        "Tide Plan | flg:objective | encourages crews to read",
    ]);
    facts.say_nothing_of(&["Port Plan | flg:objective"]);
    let facts = table(
        AGENCIES,
        &[
            ("Agency for Crews", "Previously known as the Crew Union, monitors the crews of all ports. (2)"),
            (
                "Tide Agency",
                "Formerly the Rope Agency. Subsumed the Crew Committee. This agency was renamed by decree in 2020. (3)",
            ),
            (
                "Port Police",
                "If the Agency finds a violation, it forwards the case. Moreover, the Tide Agency reported four cases. (4)",
            ),
        ],
    );
    facts.say(&["Agency for Crews | flg:mandate | monitors the crews of all ports"]);
    facts.say_nothing_of(&["Tide Agency | flg:mandate", "Port Police | flg:mandate"]);
}

#[test]
fn what_a_program_does_begins_at_its_verb_and_not_at_to_before_a_noun() {
    let facts = table(
        PROGRAMS,
        &[
            ("Tide Aid†", "World Bank-funded project that grants improved access to health services to poor crews. (2)"),
            (
                "Rope Kits†",
                "A program that distributes packages of ropes to preschool, primary, and secondary children at sea. (3)",
            ),
            ("Boat Days", "Government initiative that began in February 2020. Provides care to crews. (4)"),
        ],
    );
    facts.say(&[
        "Tide Aid | flg:objective | grants improved access to health services to poor crews",
        "Rope Kits | flg:objective | distributes packages of ropes to preschool, primary, and secondary children at sea",
        "Boat Days | flg:startDate | 2020-02",
    ]);
    facts.say_nothing_of(&["Boat Days | flg:objective | Government"]);
}

#[test]
fn who_supports_or_partners_with_a_program_is_told() {
    let facts = table(
        PROGRAMS,
        &[
            ("Rope Schools", "Ministry of Ports program supported by UNICEF, the EU, and WFP to improve reading at sea. (2)"),
            (
                "Tide Aid",
                "Aims to end child labor at sea; funded by the Dutch government. Tide Aid partners with the Ministries of Ports and Ropes. (3)",
            ),
        ],
    );
    facts.say(&[
        "Rope Schools | flg:partner | United Nations Children's Fund",
        "Rope Schools | flg:partner | World Food Programme",
        "Rope Schools | flg:implementedBy | Ministry of Ports",
        "Tide Aid | flg:fundedBy | Netherlands",
        "Tide Aid | flg:counterpart | Ministry of Ports",
    ]);
}

#[test]
fn who_heads_another_body_or_leads_it_before_an_owners_ending_is_told() {
    let facts = table(
        MECHANISMS,
        &[
            ("Tide Commission", "Coordinates. Comprises two parts. The Ministry of Ports heads the Rope Committee. (2)"),
            (
                "Boat Council",
                "Led by the Ministry of Ports and includes NGO's. As part of the Crew Council, the Boat Office advises. (4)",
            ),
        ],
    );
    facts.say(&["Ministry of Ports | flg:leads | Rope Committee", "Ministry of Ports | flg:leads | Boat Council"]);
    facts.say_nothing_of(&["Ministry of Ports | flg:leads | Tide Commission"]);
}

#[test]
fn what_a_body_did_or_how_it_fared_is_no_mandate() {
    let facts = table(
        MECHANISMS,
        &[
            (
                "Tide Committee",
                "Coordinates efforts on child labor. The committee was reconstituted in 2020. Even before that, it met twice. (2)",
            ),
            (
                "Rope Task Force",
                "Coordinates the crews of ports. The Task Force resumed its meetings. In addition, increased partnership with crews at sea. (3)",
            ),
            (
                "Port Council",
                "Drafts plans. The Ministry of Ports formed three working groups to draft rules. Sessions were held for crews. (4)",
            ),
        ],
    );
    facts.say(&[
        "Tide Committee | flg:mandate | Coordinates efforts on child labor",
        "Rope Task Force | flg:mandate | Coordinates the crews of ports",
    ]);
    facts.say_nothing_of(&["reconstituted", "Even before", "resumed", "increased", "working groups", "Sessions"]);
}

#[test]
fn an_office_is_chaired_and_an_advocate_is_his_office() {
    let facts = table(
        MECHANISMS,
        &[
            (
                "Office to Combat Trafficking at Sea",
                "Coordinates. Chaired by the Office of the Prime Minister, includes the Ministry of Ports. (2)",
            ),
            ("Office of the Children's Advocate", "Advises ports on crews. (3)"),
            ("Port Committees", "Coordinate crews. There are four, one for each port, including the City of Port Rope. (4)"),
        ],
    );
    facts.say(&[
        "Office of the Prime Minister | flg:chairs | Office to Combat Trafficking at Sea",
        "Office of the Children's Advocate | flg:mandate | Advises ports on crews",
    ]);
    facts.know_nothing_called("Advocate");
    facts.know_nothing_called("City of Port Rope");
    let facts = table(
        AGENCIES,
        &[(
            "Royal Tide Constabulary",
            "Enforces laws. Includes the specialized Family and Crew Violence Unit, which protects crews. (2)",
        )],
    );
    facts.say(&["Family and Crew Violence Unit | org:subOrganizationOf | Royal Tide Constabulary"]);
}

#[test]
fn a_programs_partners_beginning_and_name_are_told_in_other_words() {
    let facts = table(
        PROGRAMS,
        &[
            ("Rope 16", "The Rope 16 USDOL-funded project is implemented by the ILO to promote safety at sea. (2)"),
            (
                "Tide Compact",
                "Commits ports to safety. Formally launched in 2019 with implementing partners Winrock and Verité. (3)",
            ),
            (
                "USDOL-Funded Projects",
                "Project to Promote Harbor-Based Training for Crews (2016–2022), $3.3 million project implemented by Winrock. (4)",
            ),
        ],
    );
    facts.say(&[
        "Rope 16 | flg:fundedBy | United States Department of Labor",
        "Rope 16 | flg:implementedBy | International Labour Organization",
        "Tide Compact | flg:partner | Verité",
        "Tide Compact | flg:startDate | 2019",
        "Project to Promote Harbor-Based Training for Crews | flg:amount | 3300000",
    ]);
    facts.say_nothing_of(&["Tide Compact | flg:objective | Formally", "| Based Training"]);
}
