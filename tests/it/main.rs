//! The integration tests, in one binary so that the store is linked once.
