//! Lists in rows, and names that lists and words beside them put together: faults of reports that were read for the first time.

use super::{AGENCIES, Facts, LAWS, MECHANISMS, POLICIES, PROGRAMS, Page, table};

#[test]
fn a_title_of_programs_for_something_stands_for_those_that_its_text_includes() {
    let facts = table(
        PROGRAMS,
        &[(
            "Programs to Promote Reading†",
            "Aim to raise attendance by providing meals. Include the $42.5 million, WFP-funded Integrated Program for Harbor Meals; \
             the Port School Meals Program; (66) the Coast School Meals Program, a $25 million joint initiative between WFP and \
             the U.S. Department of Agriculture, in coordination with the Ministry of Ports, that reached 603 children in FY 2020; \
             (67) and the Harbor Skills Project, which approved 20 villages. (68)",
        )],
    );
    facts.say(&[
        "Integrated Program for Harbor Meals | flg:fundedBy | World Food Programme",
        "Integrated Program for Harbor Meals | flg:amount | 42500000",
        "Integrated Program for Harbor Meals | flg:fundedBy | Government of Zambia",
        "Integrated Program for Harbor Meals | flg:objective | Aim to raise attendance by providing meals",
        "Port School Meals Program | flg:fundedBy | Government of Zambia",
        "Coast School Meals Program | flg:implementedBy | World Food Programme",
        "Coast School Meals Program | flg:implementedBy | United States Department of Agriculture",
        "Coast School Meals Program | flg:counterpart | Ministry of Ports",
        "Coast School Meals Program | flg:amount | 25000000",
        "Harbor Skills Project | flg:objective | Aim to raise attendance by providing meals",
    ]);
    facts.know_nothing_called("Programs to Promote Reading");
    facts.say_nothing_of(&["Harbor Skills Project | flg:amount", "Port School Meals Program | flg:amount"]);
    // What includes nothing that has a name is one thing.
    table(PROGRAMS, &[("Programs to Promote Reading†", "Aim to raise attendance. Include meals in 20 schools. (2)")])
        .say(&["Programs to Promote Reading | flg:fundedBy | Government of Zambia"]);
}

#[test]
fn an_acronym_before_a_colon_is_one_of_the_projects() {
    let facts = table(
        PROGRAMS,
        &[(
            "USDOL-Funded Projects",
            "USDOL projects in cocoa-growing areas aimed to eliminate child labor through research. These projects include: TIDE: \
             $1,490,318 added to Verite-implemented project to expand work in 2020. (72) REEF: Implemented by Save the Children, \
             $4,000,000 awarded in December, 2020. (73) Additional information is available on the USDOL website.",
        )],
    );
    facts.say(&[
        "TIDE | flg:fundedBy | United States Department of Labor",
        "TIDE | flg:implementedBy | Verité",
        "TIDE | flg:addressesIssue | child labour",
        "TIDE | flg:targetsSector | cocoa",
        "REEF | flg:implementedBy | Save the Children",
        "REEF | flg:amount | 4000000",
        "REEF | flg:objective | aimed to eliminate child labor through research",
    ]);
    facts.say_nothing_of(&["TIDE | flg:implementedBy | Save the Children", "TIDE | flg:amount | 4000000"]);
}

#[test]
fn two_funders_joined_by_a_hyphen_are_no_programme() {
    let facts = table(
        PROGRAMS,
        &[(
            "Harbor Programs",
            "Includes the USAID-UNICEF $37 million jointly funded Reef Reading program, which helps pupils. (8)",
        )],
    );
    facts.know_nothing_called("USAID-UNICEF");
}

#[test]
fn members_are_listed_though_a_word_tells_what_one_of_them_is() {
    let facts = table(
        MECHANISMS,
        &[(
            "Harbor Commission",
            "Coordinates efforts on child labor. Chaired by the Ministry of Ports. (3,40) Other members include the Coast Police; \
             youth empowerment NGO Forum Blue Reef; the Ministry of Tides, Reefs, and Sands; and the Ministry of Shells. (3)",
        )],
    );
    facts.say(&[
        "Coast Police | org:memberOf | Harbor Commission",
        "Forum Blue Reef | org:memberOf | Harbor Commission",
        "Ministry of Tides, Reefs, and Sands | org:memberOf | Harbor Commission",
        "Ministry of Shells | org:memberOf | Harbor Commission",
    ]);
}

#[test]
fn ministries_that_share_their_noun_end_where_another_name_begins() {
    let facts = table(
        MECHANISMS,
        &[
            (
                "Harbor Council",
                "Coordinates efforts on child labor. Chaired by the Coast Police, and includes the Deputy Minister of Health, Labor, \
                 and Ports, as well as representatives from the Ministries of Justice, Education, Foreign Affairs and Coasts, and \
                 others. (2)",
            ),
            (
                "Coast Council",
                "Coordinates efforts on child labor. Members include the Ministries of Tides and Shells, the Harbor Registry, and \
                 other agencies. (2)",
            ),
            (
                "Reef Council",
                "Coordinates efforts on child labor. Members include the Ministries of the Sea and Sand, and the National Institute \
                 for Reefs (NIR). (2)",
            ),
        ],
    );
    facts.say(&[
        "Ministry of Justice | org:memberOf | Harbor Council",
        "Ministry of Education | org:memberOf | Harbor Council",
        "Ministry of Foreign Affairs and Coasts | org:memberOf | Harbor Council",
        "Ministry of Tides | org:memberOf | Coast Council",
        "Ministry of Shells | org:memberOf | Coast Council",
        "Ministry of the Sea | org:memberOf | Reef Council",
    ]);
    for none in ["Ministry of Tides and Shells", "Ministry of the Harbor Registry", "Ministry of the National"] {
        facts.know_nothing_called(none);
    }
}

#[test]
fn a_body_is_found_where_others_are_told_beside_it() {
    let facts = table(
        AGENCIES,
        &[
            (
                "Harbor Police",
                "Through its Brigades Littorales (Shore Squads), addresses human trafficking. (2) Oversees the Port Unit, as well as the \
                 Reef Monitoring Unit which is responsible for coordinating the protection of survivors of forced labor. (3)",
            ),
            (
                "Prosecution Office for Harbor Crime and Special Cases and Coast Bureau within the Harbor Prosecutor's Office (HPO)",
                "Prosecutes human trafficking. (4)",
            ),
            (
                "Ministry of Ports",
                "Enforces laws. The General Harbor Directorate in Lusaka coordinates efforts to address child labor. (9)",
            ),
        ],
    );
    facts.say(&[
        "Harbor Police | flg:actsThrough | Brigades Littorales",
        "Brigades Littorales | org:subOrganizationOf | Harbor Police",
        "Port Unit | org:subOrganizationOf | Harbor Police",
        "Reef Monitoring Unit | org:subOrganizationOf | Harbor Police",
        "Reef Monitoring Unit | flg:addressesIssue | forced labour",
        "Coast Bureau | org:subOrganizationOf | Harbor Prosecutor's Office",
        "Prosecution Office for Harbor Crime and Special Cases | org:subOrganizationOf | Harbor Prosecutor's Office",
        "General Harbor Directorate | flg:mandate | The General Harbor Directorate in Lusaka coordinates efforts to address child labor",
        "General Harbor Directorate | flg:addressesIssue | child labour",
    ]);
}

#[test]
fn a_name_has_nothing_in_it_that_is_none_of_its_words() {
    let facts = table(
        MECHANISMS,
        &[
            (
                "Harbor Council",
                "Coordinates efforts on child labor. Established as part of the National Plan to Combat Harbor Trafficking, Tidal and \
                 Labor Exploitation, and Other Forms of Exploitation (1,37) This council met periodically. (2)",
            ),
            (
                "Coast Council",
                "Oversees the implementation of the National Action Plan and Strategy Against Reef Trafficking, and refers victims to \
                 the Ministry's Anti-Trafficking Directorate. (3) Led by the Coast Police.",
            ),
        ],
    );
    facts.say(&["Coast Council | flg:operates | National Action Plan and Strategy Against Reef Trafficking"]);
    for none in ["Strategy Against Reef Trafficking", "Ministry's Anti-Trafficking Directorate"] {
        facts.know_nothing_called(none);
    }
    let odd = |q: &oxigraph::model::Quad| q.object.to_string().contains("(1,37)") && q.predicate.as_str().ends_with("Label");
    assert!(!facts.1.quads().iter().any(odd), "a citation is in a name");
}

#[test]
fn years_in_brackets_are_of_the_policy_before_them() {
    let facts = table(
        MECHANISMS,
        &[(
            "Harbor Council",
            "Monitors the implementation of the Human Rights Harbor Action Plan (2018–2022), which protects children. (2)",
        )],
    );
    facts.say(&[
        "Harbor Council | flg:operates | Human Rights Harbor Action Plan",
        "Human Rights Harbor Action Plan | flg:startDate | 2018",
        "Human Rights Harbor Action Plan | flg:endDate | 2022",
    ]);
}

#[test]
fn who_coordinates_is_told_at_a_sentences_beginning_and_complaints_are_no_aims() {
    let facts = table(
        POLICIES,
        &[
            (
                "Harbor Plan (2019–2023)",
                "Coordinated by the Coast Police, aims to reduce the worst forms of child labor. (55) Does not cover forced labor. \
                 Officials have indicated that poor coordination of human trafficking cases is common. (20)",
            ),
            ("Reef Strategy", "Through the Ministry of Ports with assistance from ILO, aims to remove children from work. (45)"),
        ],
    );
    facts.say(&[
        "Coast Police | flg:operates | Harbor Plan",
        "Ministry of Ports | flg:operates | Reef Strategy",
        "Harbor Plan | flg:addressesIssue | worst forms of child labour",
        "Harbor Plan | flg:objective | aims to reduce the worst forms of child labor",
    ]);
    facts.say_nothing_of(&["forced labour", "Officials", "trafficking in persons"]);
}

#[test]
fn a_founding_is_told_though_a_meeting_stands_behind_it() {
    let facts = table(
        MECHANISMS,
        &[(
            "Harbor Council",
            "Replaced the Coast Board. Established in June 2021 and held its first meeting in November. (3,17)",
        )],
    );
    facts.say(&["Harbor Council | flg:startDate | 2021-06"]);
    facts.say_nothing_of(&["flg:mandate"]);
}

#[test]
fn a_law_is_called_without_its_articles_and_what_amended_it() {
    let facts = table(
        LAWS,
        &[
            (
                "Prohibition of Forced Labor",
                "Article 90.1 of the 1987 Labor Law; Article 202 of the Harbor Code, as amended by Article 47 of the Reef Law (44)",
            ),
            ("Prohibition of Child Trafficking", "Fourth Amendment to Articles 163 and 164 of the Port Code (24,26)"),
        ],
    );
    let called = |name: &str| facts.1.quads().iter().any(|q| q.object.to_string().starts_with(&format!("\"{name}\"@")));
    for name in ["1987 Labor Law", "Harbor Code", "Reef Law", "Port Code"] {
        assert!(called(name), "`{name}` is not known");
    }
    for none in ["Article 90.1 of the 1987 Labor Law", "Harbor Code, as amended by", "Fourth Amendment to"] {
        facts.know_nothing_called(none);
    }
}

#[test]
fn the_beginning_of_a_title_that_is_not_known_whole_says_nothing_of_the_project_before() {
    let facts = table(
        PROGRAMS,
        &[(
            "USDOL-Funded Projects",
            "Harbor Youth Project, $3 million project implemented by Verité to reduce child labor. Promoting Work as a Path for Youth in \
             Kenya, Peru, and Ghana through Port Apprenticeships Network Project, $3.3 million project to promote training. (66)",
        )],
    );
    facts.say(&["Harbor Youth Project | flg:implementedBy | Verité", "Harbor Youth Project | flg:amount | 3000000"]);
    facts.say_nothing_of(&["Harbor Youth Project | flg:coversPlace"]);
    let facts = table(
        PROGRAMS,
        &[(
            "USDOL-Funded Projects",
            "USDOL projects that aim to reduce child labor, including Blue Harbor, a $2 million project implemented by Verité. These \
             projects include Tides an $11 million project in sugarcane fields of Kenya; and Red Harbor, a $3 million project \
             implemented by ILO. (7)",
        )],
    );
    facts.say(&["Blue Harbor | flg:objective | aim to reduce child labor", "Red Harbor | flg:amount | 3000000"]);
    facts.say_nothing_of(&["Red Harbor | flg:targetsSector", "Red Harbor | flg:coversPlace"]);
}

#[test]
fn what_a_row_of_the_year_tells_in_passing_is_no_duty() {
    let facts = table(
        AGENCIES,
        &[(
            "Ministry of Ports (MOPX)",
            "Enforces laws on child labor. (2) MOPX also piloted shelters in the reefs. From August to September 2018 traveled to four \
             ports. MOPX provided these activities to 1,640 people. The policy does not cover forced labor. (3)",
        )],
    );
    facts.say(&["Ministry of Ports | flg:mandate | Enforces laws on child labor"]);
    facts.say_nothing_of(&["piloted", "traveled", "1,640", "forced labour"]);
}

#[test]
fn the_entity_that_a_column_of_its_own_names_begins_no_sentence_of_the_next() {
    let mut page = Page::new("Zambia", 2021);
    let rows = [
        ["Ministry of Ports", "Harbor Region", "Enforces child labor laws. (2)"],
        ["Coast Police", "Zambia", "Investigates human trafficking. (3)"],
    ];
    page.of_two(AGENCIES, ["Organization/Agency", "Related Entity", "Role"], &rows);
    Facts::read(page).say(&[
        "Ministry of Ports | flg:mandate | Enforces child labor laws",
        "Coast Police | flg:mandate | Investigates human trafficking",
    ]);
}
