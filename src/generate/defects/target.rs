//! The table in which defects are planted: the main one or a child, block by block.

use crate::scenario::ColumnPlan;

use crate::generate::block::SourceBlock;
use crate::generate::context::{BundleContext, RowIds};

/// One clean block of one table, with what planting needs to know.
pub(crate) struct DefectTarget<'a> {
    pub(crate) context: &'a BundleContext,
    /// Name of the child table; none for the main table.
    pub(crate) table: Option<&'a str>,
    pub(crate) plans: &'a [ColumnPlan],
    pub(crate) source: &'a SourceBlock,
    pub(crate) ids: &'a RowIds,
    /// Mean and standard deviation of each latent over the table's rows.
    latents: &'a [[f64; 2]],
}

impl<'a> DefectTarget<'a> {
    pub(crate) fn main(context: &'a BundleContext, source: &'a SourceBlock) -> Self {
        Self {
            context,
            table: None,
            plans: &context.scenario.columns,
            source,
            ids: &context.row_ids,
            latents: &[],
        }
    }

    /// Child table `at`.
    pub(crate) fn child(context: &'a BundleContext, at: usize, source: &'a SourceBlock) -> Self {
        let plan = &context.scenario.children[at];
        Self {
            context,
            table: Some(&plan.name),
            plans: &plan.columns,
            source,
            ids: &context.child_ids[at],
            latents: &context.calibration.children[at].latents,
        }
    }

    /// A latent of each row, standardised over the table. Rows with many events weigh more in a child
    /// table, so latents that are standardised over main rows are not over events.
    pub(crate) fn latent(&self, at: usize) -> Vec<f64> {
        let values = &self.source.latents.factors[at];
        match self.latents.get(at) {
            Some([mean, sd]) => values.iter().map(|value| (value - mean) / sd).collect(),
            None => values.clone(),
        }
    }

    pub(crate) fn plan(&self, name: &str) -> Option<&'a ColumnPlan> {
        self.plans.iter().find(|plan| plan.name == name)
    }
}
