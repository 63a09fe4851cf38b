//! What the clauses of a row say, and of whom: faults of reports that were read for the first time.

use super::{AGENCIES, Facts, MECHANISMS, POLICIES, PROGRAMS, Page};

/// A report on Zambia with one table.
fn table(caption: &str, header: [&str; 2], rows: &[(&str, &str)], notes: &[&str]) -> Facts {
    let mut page = Page::new("Zambia", 2021);
    page.table(caption, header, rows, notes);
    Facts::read(page)
}

fn agencies(rows: &[(&str, &str)]) -> Facts {
    table(AGENCIES, ["Organization/Agency", "Role"], rows, &[])
}

fn mechanisms(rows: &[(&str, &str)]) -> Facts {
    let header = ["Coordinating Body", "Role & Description"];
    table(MECHANISMS, header, rows, &[])
}

fn policies(rows: &[(&str, &str)]) -> Facts {
    table(POLICIES, ["Policy", "Description"], rows, &[])
}

fn programs(rows: &[(&str, &str)]) -> Facts {
    let notes = ["† Program is funded by the Government of Zambia."];
    table(PROGRAMS, ["Program", "Description"], rows, &notes)
}

#[test]
fn a_minister_of_several_things_is_of_one_ministry() {
    let facts = mechanisms(&[
        (
            "Harbor Commission",
            "Coordinates efforts on child labor. Led by the Minister of Public Administration, Harbors and Social Security, and \
             includes representatives from the Ministry of Social Action, Family, and the Advancement of Youth (MASFAY).",
        ),
        ("Coast Council", "Coordinates efforts on the coast. Chaired by the Minister of Finance, Labor, and Transfers. (4)"),
        ("MASFAY", "Ensures coordination among agencies. (2)"),
    ]);
    facts.say(&[
        "Ministry of Public Administration, Harbors and Social Security | flg:leads | Harbor Commission",
        "Ministry of Social Action, Family, and the Advancement of Youth | org:memberOf | Harbor Commission",
        "Ministry of Social Action, Family, and the Advancement of Youth | flg:mandate | Ensures coordination among agencies",
        "Ministry of Finance, Labor, and Transfers | flg:chairs | Coast Council",
    ]);
    for none in
        ["Harbors and Social Security", "Advancement of Youth", "Ministry of Social Action", "Ministry of Finance", "MASFAY"]
    {
        facts.know_nothing_called(none);
    }
}

#[test]
fn who_holds_an_office_in_a_ministry_stands_for_it() {
    let facts = mechanisms(&[
        (
            "Harbor Working Group",
            "Serves as a forum on child labor. Chaired by the Director General of the Ministry of Justice and Community Services.",
        ),
        (
            "Coast Committee",
            "Advises on child labor. Led by the Ministry of Interior, General Department of Local Administration.",
        ),
        ("Inland Committee", "Advises on child labor. Led by the province's Social Welfare Department."),
        (
            "Island Committee",
            "Advises on child labor. Chaired by the Ministry of Isles and Reefs's Secretary-General, and includes Zambia bodies.",
        ),
    ]);
    facts.say(&[
        "Ministry of Justice and Community Services | flg:chairs | Harbor Working Group",
        "General Department of Local Administration | flg:leads | Coast Committee",
        "Social Welfare Department | flg:leads | Inland Committee",
        "Ministry of Isles and Reefs | flg:chairs | Island Committee",
    ]);
    facts.say_nothing_of(&["Zambia | org:memberOf"]);
    for none in ["Community Services", "Local Administration", "General Department"] {
        facts.know_nothing_called(none);
    }
}

#[test]
fn through_whom_another_acts_is_not_through_whom_this_one_does() {
    let facts = agencies(&[
        (
            "Ministry of Harbors",
            "Enforces child labor laws. Sends cases to the Ministry of Interior, through the Criminal Investigations Bureau, for \
             further investigation. Identifies human traffickers through the Port Analysis Department.",
        ),
        ("Ministry of Coasts", "Through District Port Units, collects information on child labor. (31)"),
        (
            "Ministry of Islands",
            "Investigates child trafficking through its Delegates for the Protection of Minors. Through its Child Service in the \
             National Police, addresses child labor.",
        ),
    ]);
    facts.say(&[
        "Ministry of Harbors | flg:actsThrough | Port Analysis Department",
        "Ministry of Coasts | flg:actsThrough | District Port Units",
        "District Port Units | flg:addressesIssue | child labour",
        "Ministry of Islands | flg:actsThrough | Delegates for the Protection of Minors",
        "Child Service | org:subOrganizationOf | National Police",
    ]);
    facts.say_nothing_of(&["flg:actsThrough | Criminal Investigations Bureau", "Criminal Investigations Bureau | flg:mandate"]);
}

#[test]
fn a_unit_may_be_called_so_in_lower_case() {
    let facts = agencies(&[(
        "Harbor Police",
        "Investigates human trafficking through its Ports and Victim Support units. Receives complaints of child labor through \
         the Ports and Social Programs sub-department. Trains officers through its MLSS offices. (2)",
    )]);
    facts.say(&[
        "Harbor Police | flg:actsThrough | Ports and Victim Support units",
        "Ports and Victim Support units | org:subOrganizationOf | Harbor Police",
        "Ports and Victim Support units | flg:addressesIssue | trafficking in persons",
        "Harbor Police | flg:actsThrough | Ports and Social Programs sub-department",
    ]);
    facts.know_nothing_called("MLSS offices");
}

#[test]
fn a_clause_tells_what_the_body_in_it_does() {
    let facts = agencies(&[
        (
            "Harbor Police",
            "Maintain a unit of 40 police officers known as the Port Trafficking Unit, which handles human trafficking complaints. (2)",
        ),
        (
            "Coast Task Force",
            "Enforces laws. Includes a Coast Security Unit tasked with the detection of child labor cases. (17)",
        ),
    ]);
    facts.say(&[
        "Port Trafficking Unit | flg:mandate | handles human trafficking complaints",
        "Port Trafficking Unit | flg:addressesIssue | trafficking in persons",
        "Port Trafficking Unit | org:subOrganizationOf | Harbor Police",
        "Coast Security Unit | flg:mandate | the detection of child labor cases",
        "Coast Security Unit | flg:addressesIssue | child labour",
    ]);
}

#[test]
fn what_stands_behind_a_name_and_a_colon_is_said_of_it() {
    let facts = mechanisms(&[(
        "Port Protection Bodies",
        "Northern Port Commission: Coordinates efforts on child labor. Led by the Northern Welfare Department. (2) Southern Port \
         Bureau: Coordinates the protection of children. Provincial PBXs: Take into custody children at risk. Present cases to \
         the appropriate authority.",
    )]);
    facts.say(&[
        "Northern Port Commission | flg:mandate | Coordinates efforts on child labor",
        "Northern Port Commission | flg:addressesIssue | child labour",
        "Northern Welfare Department | flg:leads | Northern Port Commission",
        "Southern Port Bureau | flg:mandate | Coordinates the protection of children",
    ]);
    facts.say_nothing_of(&[
        "Take into custody",
        "Present cases",
        "Port Protection Bodies | flg:mandate",
        "leads | Port Protection",
    ]);
}

#[test]
fn a_citation_ends_a_sentence_that_has_no_full_stop_and_a_quotation_keeps_its_mark() {
    let facts = mechanisms(&[
        (
            "Harbor Committee",
            "Coordinates efforts on child labor. Chaired by the Ministry of Ports and established as part of the National Plan for \
             Harbors (1,37) This committee met twice during the reporting period. (2)",
        ),
        ("Coast Committee", "Manages the line for “Illegal Child Labor.” (41,81) Works with ports to end child labor. (4)"),
    ]);
    facts.say(&[
        "Ministry of Ports | flg:chairs | Harbor Committee",
        "Coast Committee | flg:mandate | Works with ports to end child labor",
    ]);
    facts.say_nothing_of(&["met twice", "” Works"]);
}

#[test]
fn who_takes_part_is_a_member_whatever_the_body_is_called() {
    let facts = mechanisms(&[
        (
            "Harbor Sub-Committee",
            "Coordinates efforts on child labor. (36) Participants include the Ministry of Ports; ILO. (35)",
        ),
        ("Coast Committee", "Coordinates efforts. Includes participation from the Ministry of Coasts and UNICEF. (1)"),
        (
            "National Port Authority",
            "Raises awareness of human trafficking. Membership includes 12 ministries, 2 members of civil society, and a member of \
             the National Commission of Ports. (17)",
        ),
    ]);
    facts.say(&[
        "Ministry of Ports | org:memberOf | Harbor Sub-Committee",
        "International Labour Organization | org:memberOf | Harbor Sub-Committee",
        "Ministry of Coasts | org:memberOf | Coast Committee",
        "National Commission of Ports | org:memberOf | National Port Authority",
    ]);
}

#[test]
fn what_a_report_tells_of_the_year_is_no_duty_though_it_names_no_year() {
    let facts = programs(&[(
        "Harbor Shelters†",
        "Provides shelter to victims of child labor. (2) In 2021, IOM assessed shelters. IOM also participated in child labor radio \
         spots, which are set to air soon. (26) Since the program's inception, 200 children were helped. Length of stay ranges from \
         6 to 18 months.",
    )]);
    facts.say(&["Harbor Shelters | flg:objective | Provides shelter to victims of child labor"]);
    facts.say_nothing_of(&["radio", "inception", "Length of stay"]);
    let facts = agencies(&[
        ("Ministry of Ports", "Investigates reports of child labor in harbors. Media reports of child labor were few. (8)"),
        ("Port Courts", "Assess penalties for child labor. Located in each province. Exist in Lusaka, but not in Ndola. (4)"),
        ("Ministry of Coasts", "Employs social workers to assist in issues of child labor. Employs 200 inspectors. (4)"),
    ]);
    facts.say(&[
        "Ministry of Ports | flg:mandate | Investigates reports of child labor in harbors",
        "Ministry of Ports | flg:addressesIssue | child labour",
        "Ministry of Coasts | flg:mandate | Employs social workers to assist in issues of child labor",
    ]);
    facts.say_nothing_of(&["Media reports", "Located", "Exist in", "200 inspectors"]);
    let facts = policies(&[(
        "Ocean Strategy (2018–2022)",
        "A multinational strategic framework, comprising 14 Pacific nations. Aligned with the Reef Framework. Created to eliminate \
         child labor in the Pacific. (7)",
    )]);
    facts.say(&["Ocean Strategy | flg:addressesIssue | child labour"]);
    facts.say_nothing_of(&["comprising", "Aligned"]);
}

#[test]
fn what_is_given_to_people_is_no_sector_and_what_is_unknown_no_duty() {
    let facts = programs(&[
        ("Orphan Harbor Program†", "Provides orphans with meals and subsidizes school fees and transportation costs. (4)"),
        ("Safe Lorry Program†", "Withdraws children from hazardous work in the transportation sector. (4)"),
    ]);
    facts.say(&["Safe Lorry Program | flg:targetsSector | transport"]);
    facts.say_nothing_of(&["Orphan Harbor Program | flg:targetsSector"]);
    let facts = mechanisms(&[(
        "High Committee on Human Trafficking",
        "Chaired by the Ministry of Ports. Specific activities are unknown. (4)",
    )]);
    facts.say(&["Ministry of Ports | flg:chairs | High Committee on Human Trafficking"]);
    facts.say_nothing_of(&["unknown"]);
}

#[test]
fn a_list_of_further_projects_is_no_result_of_the_year() {
    let facts = programs(&[(
        "USDOL-Funded Projects",
        "USDOL projects that aim to eliminate child labor. In 2021, these projects trained 30 inspectors. Other projects include: \
         Blue Harbor, a $2 million project implemented by Verité to reduce child labor. (7)",
    )]);
    facts.say(&["Blue Harbor | flg:implementedBy | Verité", "Blue Harbor | flg:fundedBy | United States Department of Labor"]);
}

#[test]
fn who_funds_and_runs_a_programme_is_told_by_title_and_text() {
    let facts = programs(&[
        (
            "USDOL-Funded Project (BLUEHARBOR)",
            "A $4 million project implemented by ILO that aims to end child labor in ports. (2)",
        ),
        (
            "Palm Harbor (2019–2022)",
            "Six million dollar regional project funded by the U.S. Department of Labor and implemented by Winrock to reduce child \
             labor in palm oil. (47)",
        ),
        (
            "Programs to Reduce Dropout",
            "Helps students stay. Includes a project operated by the Ministry of Ports to teach students who left school. (20)",
        ),
        (
            "Aid for Ports",
            "Includes three objectives: building the capacity of ports; and a campaign to keep children in school. (1)",
        ),
    ]);
    facts.say(&[
        "BLUEHARBOR | flg:fundedBy | United States Department of Labor",
        "Palm Harbor | flg:fundedBy | United States Department of Labor",
        "Palm Harbor | flg:implementedBy | Winrock International",
        "Palm Harbor | flg:addressesIssue | child labour",
        "Aid for Ports | flg:objective | building the capacity of ports; and a campaign to keep children in school",
    ]);
    facts.say_nothing_of(&["Programs to Reduce Dropout | flg:implementedBy"]);
    let facts = programs(&[(
        "World Vision Programs",
        "Includes Blue Harbor (2019–2022), an international program designed to reduce child labor. Its work has funding by a \
         consortium of companies, including Port Global Compact, the Coast Compact, and War Child. (12)",
    )]);
    facts.say(&["Blue Harbor | flg:implementedBy | World Vision"]);
    facts.say_nothing_of(&["Port Global Compact | flg:implementedBy"]);
}

#[test]
fn what_begins_with_a_bodys_acronym_is_run_by_it() {
    let mut page = Page::new("Zambia", 2021);
    let header = ["Organization/Agency", "Role"];
    let agencies = [("National Port Agency (NPAX)", "Enforces laws against human trafficking. (5)")];
    page.table(AGENCIES, header, &agencies, &[]);
    let shelters = [("NPAX Shelters for Victims", "Government-funded program that operates 10 shelters. (11)")];
    page.table(PROGRAMS, ["Program", "Description"], &shelters, &[]);
    Facts::read(page).say(&["NPAX Shelters for Victims | flg:implementedBy | National Port Agency"]);
}

#[test]
fn a_body_of_another_is_told_by_what_it_is() {
    let facts = mechanisms(&[
        ("Harbor Committee", "Supervises implementation of the Child Rights chapter of the National Harbor Action Plan. (2)"),
        (
            "Coast Task Force",
            "Coordinates efforts on child labor. Chaired by the Ministry of Ports, the task force is responsible for \
          developing policies on human trafficking. (5)",
        ),
    ]);
    facts.say(&[
        "Harbor Committee | flg:operates | National Harbor Action Plan",
        "Coast Task Force | flg:mandate | responsible for developing policies on human trafficking",
    ]);
    let mut page = Page::new("Zambia", 2021);
    let rows = [("Ministry of Ports (MOPX)", "Enforces laws on child labor. (5)")];
    page.table(AGENCIES, ["Organization/Agency", "Role"], &rows, &[]);
    let rows = [(
        "Agency for Harbor Care†",
        "MOPX legal public entity that provides care to survivors of child labor. Implements the government's Harbor Strategy. (2)",
    )];
    page.table(PROGRAMS, ["Program", "Description"], &rows, &[]);
    Facts::read(page).say(&[
        "Agency for Harbor Care | org:subOrganizationOf | Ministry of Ports",
        "Agency for Harbor Care | flg:operates | Harbor Strategy",
    ]);
}

#[test]
fn of_two_programmes_the_one_spoken_of_is_funded() {
    let facts = programs(&[(
        "Harbor Care Program (2015–2023) and Coast Protection Program (2016–2023)",
        "Harbor Care Program is led by the Ministry of Ports. Funded by the European Union. Aims to support children. Coast \
         Protection Program is led by UNICEF. Aims to end child labor. (2)",
    )]);
    facts.say(&["Harbor Care Program | flg:fundedBy | European Union"]);
    facts.say_nothing_of(&["Coast Protection Program | flg:fundedBy"]);
}
