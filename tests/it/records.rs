//! Data that a publisher offers as XML: a report for each record, with what its fields say.

use crate::cli::Desk;

/// Two countries as the Department of Labor's data describes them, made up.
fn data(second: &str) -> String {
    let country = |name: &str, minimum_age: &str, project: &str| {
        format!(
            "<Country><Name>{name}</Name><Webpage>https://data.example/{name}</Webpage><Region>Sub-Saharan Africa</Region>\
             <Multiple_Territories>No</Multiple_Territories><Advancement_Level>Moderate Advancement</Advancement_Level>\
             <Description>In 2023, {name} made moderate advancement in efforts to eliminate child labor.</Description>\
             <Goods><Good><Good_Name>Salt</Good_Name><Child_Labor>Yes</Child_Labor><Forced_Labor>No</Forced_Labor></Good></Goods>\
             <Country_Statistics><Children_Work_Statistics><Age_Range>5-14</Age_Range><Agriculture>Unavailable</Agriculture>\
             </Children_Work_Statistics><UNESCO_Primary_Completion_Rate><Rate>0.9</Rate></UNESCO_Primary_Completion_Rate>\
             </Country_Statistics>\
             <Conventions><C_138_Ratified>{minimum_age}</C_138_Ratified><C_182_Ratified>Yes</C_182_Ratified>\
             <Palermo_Ratified>N/A</Palermo_Ratified></Conventions>\
             <Suggested_Actions><Legal_Framework><Action><Name>Raise the minimum age for work at salt pans.</Name></Action>\
             </Legal_Framework></Suggested_Actions>\
             <ILAB_Projects><Project><Title>{project}</Title><Link>https://data.example/ child-labor-in-agriculture</Link></Project></ILAB_Projects></Country>"
        )
    };
    let first = country("Ghana", "No", "Project to End Child Labor at Salt Pans");
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><Countries>{first}{second}</Countries>",
        second = country("Togo", second, "Lamps for Schools")
    )
}

#[test]
fn each_country_of_a_file_of_data_is_a_report() {
    let desk = Desk::new();
    desk.write("lands.xml", data("Yes"));
    let run = desk.flg(&["convert", "lands.xml"]).good();
    assert!(run.err.contains("lands.xml#Ghana: `gha-2023-dol-country-data`"), "{}", run.err);
    assert!(run.err.contains("lands.xml#Togo: `tgo-2023-dol-country-data`"), "{}", run.err);
    let says = |subject: &str, property: &str, object: &str| {
        run.out.lines().any(|l| l.contains(&format!("{subject}> <")) && l.contains(property) && l.contains(object))
    };
    assert!(says("ratification/gha-c138", "ratificationStatus", "not-ratified>"));
    assert!(says("ratification/tgo-c138", "ratificationStatus", "ratification-status/ratified>"));
    assert!(says("ratification/gha-c182", "ratificationStatus", "ratification-status/ratified>"));
    assert!(!run.out.contains("ratification/gha-palermo"), "`N/A` says neither");
    assert!(run.err.contains("[ratification-not-asked]") && !run.err.contains("unknown-ratification"), "{}", run.err);
    assert!(says("project-to-end-child-labor-at-salt-pans", "fundedBy", "usa-dol>"));
    assert!(run.out.contains("Raise the minimum age for work at salt pans."), "what is not read is kept");
    assert!(!run.err.contains("unknown-table") && !run.err.contains("year-of-text"), "{}", run.err);
    let answers = |key: &str| run.out.contains(&format!("/id/answer/gha-2023-dol-country-data/{key}>"));
    assert!(answers("assessment") && !answers("assessment-2"), "the name of the country alone is no answer");
    let of_project = |property: &str| run.out.lines().filter(|l| l.contains("salt-pans> <") && l.contains(property)).count();
    assert_eq!(of_project("addressesIssue"), 1, "the title says so, and not the address");
}

#[test]
fn a_country_that_did_not_change_is_passed_over() {
    let desk = Desk::new();
    desk.write("lands.xml", data("Yes"));
    desk.flg(&["add", "lands.xml"]).good();
    desk.write("lands.xml", data("No"));
    let run = desk.flg(&["add", "lands.xml"]).good();
    assert!(run.err.contains("`gha-2023-dol-country-data` is unchanged"), "{}", run.err);
    assert!(!run.err.contains("`tgo-2023-dol-country-data` is unchanged"), "{}", run.err);
    let asked = "ASK { GRAPH ?g { <https://w3id.org/forced-labour-graph/id/ratification/tgo-c138> flg:ratificationStatus \
        <https://w3id.org/forced-labour-graph/id/ratification-status/not-ratified> } }";
    let prefix = "PREFIX flg: <https://w3id.org/forced-labour-graph/ontology#> ";
    let told = desk.flg(&["query", "--execute", &format!("{prefix}{asked}")]).good();
    assert!(told.out.contains("true") || told.out.contains("yes"), "{}", told.out);
}

#[test]
fn data_on_several_countries_is_not_taken_for_one_and_never_overwritten() {
    let desk = Desk::new();
    desk.write("lands.data", data("Yes"));
    desk.flg(&["convert", "lands.data"])
        .refused(&["holds 2 reports, one a record", "hint: save it as a file that ends in `.xml`"]);
    desk.write("lands.xml", data("Yes"));
    desk.flg(&["convert", "lands.xml", "-o", "lands.xml"]).refused(&["is one of the reports, and is not overwritten"]);
}
