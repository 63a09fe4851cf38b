//! Why a text is no report that can be read.

/// Why the form of a text was not recognised. Lines count from 1.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// There is no text.
    #[error("`{name}` holds no text\nhint: check that it was exported completely")]
    Empty {
        /// The document.
        name: String,
    },
    /// It follows none of the forms.
    #[error(
        "`{name}` follows no known form: {looked_for}\nhint: a new form is a new file in `data/forms/`; the known ones show how"
    )]
    Unknown {
        /// The document.
        name: String,
        /// What was looked for, and how much of it was found.
        looked_for: String,
    },
    /// Its head does not say what it is about.
    #[error(
        "`{name}` names no country with a year in its title, {place}\nhint: a line such as `Mexico - 2021` is looked for; add it, or check that the report's first page is there"
    )]
    NoCountry {
        /// The document.
        name: String,
        /// Where it was looked for.
        place: String,
    },
    /// It is cut off.
    #[error(
        "`{name}` breaks off: {message}, line {line}\nhint: get the complete report; a part of it would read as if the rest had been left unanswered"
    )]
    Truncated {
        /// The document.
        name: String,
        /// What is missing.
        message: String,
        /// Its last line.
        line: usize,
    },
    /// It is about several countries at once, whose rows its tables mix.
    #[error(
        "`{name}` is one report about several countries: {countries}\nhint: its text and tables speak of all of them together, and only a report about one country can be read; other editions have one of each"
    )]
    Joint {
        /// The document.
        name: String,
        /// The countries, as the document names them.
        countries: String,
    },
    /// There are two reports in it.
    #[error(
        "`{name}` holds two reports: one begins at line {first}, another at line {second}\nhint: save each in a file of its own"
    )]
    TwoReports {
        /// The document.
        name: String,
        /// Where the first begins.
        first: usize,
        /// Where the second begins.
        second: usize,
    },
}
