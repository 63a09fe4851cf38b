//! What rows name in passing, whose parts they speak of, and who runs a programme: faults of reports that were read for the first
//! time.

use super::{AGENCIES, Facts, MECHANISMS, POLICIES, PROGRAMS, Page, table};

fn agencies(rows: &[(&str, &str)]) -> Facts {
    table(AGENCIES, rows)
}

fn mechanisms(rows: &[(&str, &str)]) -> Facts {
    table(MECHANISMS, rows)
}

fn programs(rows: &[(&str, &str)]) -> Facts {
    table(PROGRAMS, rows)
}

#[test]
fn hotlines_and_databases_that_a_body_keeps_are_programmes_it_runs() {
    let facts = mechanisms(&[(
        "Ministry of Harbors",
        "Coordinates efforts on child labor. (1) Manages a Young Rowers hotline (Ligne des Rameurs) with support from UNICEF. (2) \
         Maintains a child trafficking database—Coast's Children (Enfants de la Rive)—to track child trafficking cases. (3) Maintains \
         Oar Pro, a database for forced labor statistics. (4) Answers the Ministry of Harbors hotline. (4)",
    )]);
    facts.say(&[
        "Young Rowers hotline | flg:implementedBy | Ministry of Harbors",
        "Young Rowers hotline | flg:partner | United Nations Children's Fund",
        "Coast's Children | flg:implementedBy | Ministry of Harbors",
        "Coast's Children | flg:objective | track child trafficking cases",
        "Coast's Children | flg:addressesIssue | child trafficking",
        "Oar Pro | flg:implementedBy | Ministry of Harbors",
        "Oar Pro | flg:addressesIssue | forced labour",
    ]);
    assert_eq!(facts.class_of("Young Rowers hotline"), "flg:Programme");
    facts.know_nothing_called("Ministry of Harbors hotline");
    facts.say_nothing_of(&["Oar Pro | flg:addressesIssue | child trafficking"]);
}

#[test]
fn centers_that_have_an_acronym_are_bodies_and_are_spoken_of_by_its_plural() {
    let facts = mechanisms(&[(
        "Ministry of Harbors",
        "Coordinates efforts on child labor. (1) Operates 85 Rope Learning Centers (RLC) across the country, which provide services to \
         survivors of human trafficking. (5) RLCs also operate a referral mechanism for debt bondage with the police. (5)",
    )]);
    facts.say(&[
        "Rope Learning Centers | flg:mandate | provide services to survivors of human trafficking",
        "Rope Learning Centers | flg:addressesIssue | trafficking in persons",
        "Rope Learning Centers | flg:addressesIssue | debt bondage",
    ]);
    assert_eq!(facts.class_of("Rope Learning Centers"), "flg:GovernmentBody");
    facts.say_nothing_of(&["Ministry of Harbors | flg:addressesIssue | debt bondage"]);
}

#[test]
fn what_bodies_do_through_their_parts_is_not_said_of_all_parts() {
    let facts = agencies(&[
        (
            "Provincial Guard Commands—Bureaus of Rope Inspection and Bureaus of Harbor Police",
            "Through their Rope Inspection Bureaus, enforce laws against human trafficking. (2) Through their Harbor Police Bureaus, \
             enforce criminal law in harbors. (2)",
        ),
        ("Ministry of Tides—Coast Gendarmerie—Bureau of Rope Inspection", "Mandated to enforce laws against child labor. (3)"),
        (
            "Local Council Reed Divisions",
            "Enforce laws on reeds. The Local Council Reed Divisions report to the Shore Department. (4)",
        ),
        (
            "Reed Department",
            "The Reed Patrol Police are commanded by the Ministry of Tides and report to the Reed Department Director. (4)",
        ),
    ]);
    facts.say(&[
        "Provincial Guard Commands | flg:actsThrough | Bureaus of Rope Inspection",
        "Provincial Guard Commands | flg:actsThrough | Bureaus of Harbor Police",
        "Provincial Guard Commands | flg:addressesIssue | trafficking in persons",
        "Bureaus of Rope Inspection | flg:addressesIssue | trafficking in persons",
        "Bureau of Rope Inspection | org:subOrganizationOf | Coast Gendarmerie",
        "Bureau of Rope Inspection | flg:addressesIssue | child labour",
        "Reed Patrol Police | org:subOrganizationOf | Ministry of Tides",
        "Local Council Reed Divisions | org:subOrganizationOf | Shore Department",
    ]);
    facts.say_nothing_of(&[
        "Bureaus of Harbor Police | flg:addressesIssue",
        "Bureaus of Rope Inspection | org:subOrganizationOf | Coast Gendarmerie",
        "Bureaus of Rope Inspection | flg:actsThrough",
    ]);
    facts.know_nothing_called("Department Director");
}

#[test]
fn who_oversees_chairs_and_serves_a_mechanism_is_told() {
    let facts = mechanisms(&[
        (
            "National Harbor Council",
            "Coordinates policies on child labor. Oversees Provincial Committees on Rope Work and Provincial Committees on Debt. (2) \
             Oversees the Young Tide Safety (YTS) Committee, which addresses commercial sexual exploitation of children. (3)",
        ),
        (
            "National Committee for Counter Smuggling",
            "Coordinates efforts on the coast. Chaired by the Deputy Prime Minister and Minister of Tides. The head of the Ministry of \
             Rope's Young Weavers Bureau serves as the Secretary General. (4)",
        ),
        ("Reed Committee", "Falls under the jurisdiction of the Ministry of Reeds and includes delegates from UNICEF. (5)"),
        ("Shore Working Group", "Established by decree in 2006 and chaired by the Ministry of Shores. (6)"),
        ("Boat Committee", "Led by the Ministry of Boats' Director General of General Department of Oars. (7)"),
    ]);
    facts.say(&[
        "National Harbor Council | flg:leads | Provincial Committees on Rope Work",
        "National Harbor Council | flg:leads | Provincial Committees on Debt",
        "National Harbor Council | flg:leads | Young Tide Safety (YTS) Committee",
        "Young Tide Safety (YTS) Committee | flg:addressesIssue | commercial sexual exploitation of children",
        "Ministry of Tides | flg:chairs | National Committee for Counter Smuggling",
        "Young Weavers Bureau | flg:participatesIn | National Committee for Counter Smuggling",
        "Reed Committee | org:subOrganizationOf | Ministry of Reeds",
        "Shore Working Group | flg:startDate | 2006",
        "General Department of Oars | org:subOrganizationOf | Ministry of Boats",
    ]);
    facts.know_nothing_called("Prime Minister");
}

#[test]
fn an_office_that_is_called_by_its_ministrys_acronym_is_a_part_of_it() {
    let mut page = Page::new("Zambia", 2021);
    let header = ["Name", "Description"];
    let rows = [("Ministry of Rope Work (MORW)", "Enforces child labor laws. (2)")];
    page.table(AGENCIES, header, &rows, &[]);
    let rows = [("MORW Office for Young Weavers (OYW)", "Coordinates policies on child labor. (3)")];
    page.table(MECHANISMS, header, &rows, &[]);
    Facts::read(page).say(&["MORW Office for Young Weavers | org:subOrganizationOf | Ministry of Rope Work"]);
}

#[test]
fn who_runs_and_funds_a_program_is_told_by_what_each_does() {
    let facts = programs(&[
        (
            "Harbor Shelters†",
            "The Night Patrol Office operates an interim care facility for children rescued from child trafficking. (1) The center, \
             which has room for 160 children, provides housing and legal services. (1)",
        ),
        (
            "Rope Schools†",
            "Vocational program to train survivors in a trade, maintained by the Ministry of Rope, with the assistance from UNICEF. (2)",
        ),
        (
            "Houses of Oars†",
            "Alliance that provides meals to children of rowers. (3) The Ministry of Oars funds meals and training. (3)",
        ),
        ("UN WFP Tide Program (2020–2024)†", "Program that includes meals for children in need. (4)"),
        (
            "Weavers Network (2017–2023)",
            "Implemented by Education a Weaver, Aide et Rames, and the Zambian Consortium for Out of Reach Boats. (5)",
        ),
        (
            "Better Ropes Zambia",
            "USDOL, the Government of Zambia, Rope Makers in Zambia, and ILO-funded program to monitor ropes. (6)",
        ),
    ]);
    facts.say(&[
        "Harbor Shelters | flg:implementedBy | Night Patrol Office",
        "Harbor Shelters | flg:objective | provides housing and legal services",
        "Rope Schools | flg:implementedBy | Ministry of Rope",
        "Rope Schools | flg:partner | United Nations Children's Fund",
        "Houses of Oars | flg:fundedBy | Ministry of Oars",
        "UN WFP Tide Program | flg:implementedBy | World Food Programme",
        "Weavers Network | flg:implementedBy | Education a Weaver",
        "Weavers Network | flg:implementedBy | Aide et Rames",
        "Weavers Network | flg:implementedBy | Zambian Consortium for Out of Reach Boats",
        "Better Ropes Zambia | flg:fundedBy | United States Department of Labor",
        "Better Ropes Zambia | flg:fundedBy | International Labour Organization",
    ]);
    facts.say_nothing_of(&["Weavers Network | flg:implementedBy | Education |"]);
    let facts = programs(&[(
        "Harbor Chances†",
        "Program implemented by the Ministry of Oar Development, Youth, Gender Affairs, and Seniors that supports a shelter. (2)",
    )]);
    facts.know_nothing_called("Youth");
}

#[test]
fn the_years_behind_a_titles_name_are_its_own_and_a_long_name_is_whole() {
    let facts = programs(&[
        (
            "Rope Care Programs: Rope Care First (2015–2023) and Zambia Rope Protection Program",
            "Rope Care First is led by UNICEF. (2) Zambia Rope Protection Program (2009–2024) is led by the Ministry of Rope. (3)",
        ),
        (
            "USDOL-Funded Projects",
            "Promoting Oars as a Path for Young Weavers in Chile, Zambia, and Kenya through Global Ropes Network (GRN) National Chapters, \
             $3.3 million multi-country project that worked with employers to promote apprenticeships. (4)",
        ),
    ]);
    let long = "Promoting Oars as a Path for Young Weavers in Chile, Zambia, and Kenya through Global Ropes Network (GRN) National Chapters";
    facts.say(&[
        "Zambia Rope Protection Program | flg:startDate | 2009",
        "Zambia Rope Protection Program | flg:endDate | 2024",
        "Rope Care First | flg:endDate | 2023",
        &format!("{long} | flg:amount | 3300000"),
        &format!("{long} | flg:coversPlace | Kenya"),
        &format!("{long} | flg:fundedBy | United States Department of Labor"),
    ]);
    facts.say_nothing_of(&["Rope Care First | flg:startDate | 2009"]);
    facts.know_nothing_called("Global Ropes Network (GRN) National Chapters");
}

#[test]
fn a_list_of_ministries_may_be_parted_by_semicolons() {
    let rows = [(
        "Third Rope Plan (2019–2023)",
        "Aims to end child labor. Overseen by the Ministries of Rope; Women's Affairs; and Foreign Affairs. (2)",
    )];
    table(POLICIES, &rows).say(&[
        "Ministry of Rope | flg:operates | Third Rope Plan",
        "Ministry of Women's Affairs | flg:operates | Third Rope Plan",
        "Ministry of Foreign Affairs | flg:operates | Third Rope Plan",
    ]);
}

#[test]
fn a_title_of_projects_of_which_none_is_named_is_one_programme() {
    let facts = programs(&[
        (
            "North-South Rope Projects†",
            "Government of Zambia-funded projects implemented by ILO to address child labor and promote North-South cooperation. (1)",
        ),
        ("USDOL-Funded Projects", "Projects that aim to eliminate forced labor. (2)"),
    ]);
    facts.say(&[
        "North-South Rope Projects | flg:implementedBy | International Labour Organization",
        "North-South Rope Projects | flg:fundedBy | Government of Zambia",
        "North-South Rope Projects | flg:addressesIssue | child labour",
    ]);
    facts.know_nothing_called("North-South");
    facts.know_nothing_called("USDOL-Funded Projects");
}

#[test]
fn the_last_of_a_list_of_ministries_may_have_a_series_in_its_name() {
    let facts = mechanisms(&[
        (
            "Rope Commission",
            "Coordinates efforts on child labor. Established by Federal Decree No. 10.702 in 2021. Members include the ministries of Ropes, \
             Reeds and Supply, and Tides, Boats and Young Weavers. (2)",
        ),
        ("Oar Committee", "Led by the Ministry of Tides, Boats and Young Weavers. (3)"),
    ]);
    facts.say(&[
        "Ministry of Tides, Boats and Young Weavers | org:memberOf | Rope Commission",
        "Ministry of Reeds and Supply | org:memberOf | Rope Commission",
        "Rope Commission | flg:startDate | 2021",
        "Rope Commission | flg:basedOn | Federal Decree No. 10.702",
    ]);
    facts.know_nothing_called("Boats and Young Weavers");
    facts.know_nothing_called("Ministry of Tides");
}

#[test]
fn what_a_bodys_own_units_do_is_theirs() {
    let facts = agencies(&[
        (
            "Ministry of Rope Work (MORW)",
            "Oversees the Secretariat of Weaving, which is responsible for rope laws. (1) Its Under Secretariat for Rope Inspection is \
             responsible for inspections at sites in which forced labor is suspected. (2)",
        ),
        (
            "Rope Prosecution Office",
            "Prosecutes violations with prosecutors from its National Committee to Combat Rope Debt, an in-house body that coordinates \
             efforts to address debt bondage. (3)",
        ),
    ]);
    facts.say(&[
        "Under Secretariat for Rope Inspection | org:subOrganizationOf | Secretariat of Weaving",
        "Under Secretariat for Rope Inspection | flg:addressesIssue | forced labour",
        "National Committee to Combat Rope Debt | org:subOrganizationOf | Rope Prosecution Office",
        "National Committee to Combat Rope Debt | flg:addressesIssue | debt bondage",
        "National Committee to Combat Rope Debt | flg:mandate | an in-house body that coordinates efforts to address debt bondage",
    ]);
    let rows = [("Rope Pact", "Aims to end forced labor. Led by the Ministry of Rope's Special Secretariat for Weavers. (2)")];
    let facts = table(POLICIES, &rows);
    facts.say(&["Special Secretariat for Weavers | flg:operates | Rope Pact"]);
    facts.say_nothing_of(&["Ministry of Rope | flg:operates"]);
}

#[test]
fn what_a_joint_project_offers_is_its_sum() {
    programs(&[(
        "Fight Against Rope Debt",
        "Joint project by the EU and the Council of Europe. Debuted in October 2019 and offers $790,725 in funding over 3 years to free \
         weavers. (2)",
    )])
    .say(&[
        "Fight Against Rope Debt | flg:startDate | 2019-10",
        "Fight Against Rope Debt | flg:amount | 790725",
        "Fight Against Rope Debt | flg:implementedBy | Council of Europe",
    ]);
}

#[test]
fn programs_that_a_title_announces_are_each_funded_and_what_is_no_trafficking_in_persons_is_not_said() {
    let facts = programs(&[
        (
            "Government-Funded Programs to End Child Labor†",
            "Government-funded programs that aim to prevent child labor. These include: NGO-run boats for survivors; the National Rope \
             Feeding Program, which provides meals to weavers; and the Rope Orphans program, managed by the Ministry of Rope, which \
             provides families with oars. (2)",
        ),
        (
            "Harbor Patrol Plan†",
            "Plan run by the Harbor Police in schools. (3) Includes courses on drug trafficking and its risks. (3)",
        ),
    ]);
    facts.say(&[
        "National Rope Feeding Program | flg:fundedBy | Government of Zambia",
        "National Rope Feeding Program | flg:objective | provides meals to weavers",
        "Rope Orphans | flg:implementedBy | Ministry of Rope",
    ]);
    facts.say_nothing_of(&["trafficking in persons", "National Rope Feeding Program | flg:implementedBy"]);
}

#[test]
fn a_policys_other_name_may_have_its_years_and_who_chairs_or_implements_it_operates_it() {
    let mut page = Page::new("Zambia", 2021);
    let header = ["Name", "Description"];
    let rows = [
        (
            "National Rope Council (NARC)",
            "Develops policies on ropes, and implements the Law for the Care of Weavers (LECAW) and the National Rope Policy. (2)",
        ),
        ("Local Rope Committees", "Implement NARC's policies, including the Tide Plan, in towns. (3)"),
        (
            "Oar Committee",
            "Coordinates efforts. Led by the Ministry of Oars, with participation from the Ministry of Boats and UNICEF. (4)",
        ),
    ];
    page.table(MECHANISMS, header, &rows, &[]);
    let rows = [
        (
            "National Rope Policy",
            "Aims to end child labor. Chaired by the Ministry of Oars along with the Ministry of Boats. (5)",
        ),
        (
            "Tide Plan (Strategic Shore Plan 2019–2024)",
            "Promotes schooling to prevent child labor. Other objectives include free boats for all weavers. (6)",
        ),
    ];
    page.table(POLICIES, header, &rows, &[]);
    Facts::read(page).say(&[
        "National Rope Council | flg:operates | National Rope Policy",
        "Local Rope Committees | flg:operates | Tide Plan",
        "Ministry of Boats | flg:participatesIn | Oar Committee",
        "United Nations Children's Fund | flg:participatesIn | Oar Committee",
        "Ministry of Oars | flg:operates | National Rope Policy",
        "Tide Plan | flg:startDate | 2019",
        "Tide Plan | flg:endDate | 2024",
        "Tide Plan | flg:objective | Other objectives include free boats for all weavers",
    ]);
}
