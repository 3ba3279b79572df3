//! Runs the default pipelines on a bundle and compares their submissions with its truth.

use std::path::Path;

use rayon::prelude::*;

use crate::baseline::Pipeline;
use crate::bundle::{FORMAT, Key, RoundError, RoundPaths, read_json};
use crate::random::{Secret, Stream};
use crate::review::{BaselineResult, Baselines, BundleTruth, Sample, assess_alone};
use crate::staging::{Privacy, StagingError, write_file, write_json};
use crate::submission::{DeliveredRows, read};
use crate::table::Cells;

/// Folder in a key for what the pipelines submit.
const BASELINE_FOLDER: &str = "baselines";
/// File with what they recover, in a key; also the file for submissions that the team added, among
/// the baselines.
pub(in super::super) const BASELINES: &str = "baselines.json";

/// Runs pipelines on a sample of a bundle and compares each submission with the truth.
pub(in super::super) struct BaselineRunner<'a> {
    truth: &'a BundleTruth,
    sample: &'a Sample,
    delivered: DeliveredRows,
    stream: &'a Stream,
    folder: &'a Path,
}

impl<'a> BaselineRunner<'a> {
    /// For `sample` and its truth; submissions are saved below `folder`.
    pub(in super::super) fn new(
        truth: &'a BundleTruth,
        sample: &'a Sample,
        stream: &'a Stream,
        folder: &'a Path,
    ) -> Self {
        let (table, row_id) = (&sample.delivered, &truth.key.row_id);
        let ids = table.cells(row_id).map(Cells::texts);
        let columns = table.names().map(str::to_owned).collect();
        Self {
            delivered: DeliveredRows::new(row_id, &ids.unwrap_or_default(), columns),
            truth,
            sample,
            stream,
            folder,
        }
    }

    /// What one pipeline recovers.
    pub(in super::super) fn run(&self, pipeline: Pipeline) -> Result<BaselineResult, StagingError> {
        let (name, steps) = (pipeline.name(), pipeline.steps());
        let (table, row_id) = (&self.sample.delivered, &self.truth.key.row_id);
        let solution = match pipeline.solve(table, row_id, &self.stream.fork(name)) {
            Ok(solution) => solution,
            Err(why) => return Ok(BaselineResult::failed(name, steps, &why.to_string())),
        };
        let hand_in = self.folder.join(BASELINE_FOLDER).join(name);
        for (file, bytes) in &solution.files {
            write_file(&hand_in.join(file), bytes, Privacy::OwnerOnly)?;
        }
        Ok(match read(&hand_in, &self.delivered) {
            Ok(submission) => BaselineResult::new(
                name,
                steps,
                &assess_alone(self.truth, &submission, &chances()),
            ),
            Err(why) => BaselineResult::failed(name, steps, &why.to_string()),
        })
    }
}

/// Run every pipeline on a sample of a bundle, save its submission below `folder` (the bundle's
/// key), and compare it with the truth.
pub(in super::super) fn run_baselines(
    key: &Key,
    sample: &Sample,
    stream: &Stream,
    folder: &Path,
) -> Result<Baselines, StagingError> {
    let truth = BundleTruth::of_sample(key.clone(), sample);
    let runner = BaselineRunner::new(&truth, sample, stream, folder);
    let results: Result<Vec<BaselineResult>, StagingError> = Pipeline::ALL
        .into_par_iter()
        .map(|pipeline| runner.run(pipeline))
        .collect();
    let baselines = Baselines {
        format: FORMAT,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        mark: key.mark.clone(),
        rows: sample.delivered.rows(),
        results: results?,
        oracle: Some(BaselineResult::oracle(&truth, &chances().fork("oracle"))),
    };
    write_json(&folder.join(BASELINES), &baselines, Privacy::OwnerOnly)?;
    Ok(baselines)
}

/// All baselines of a candidate's bundle: the pipelines of its key, and those the team added to the
/// round. Empty for rounds made before pipelines existed.
pub(in super::super) fn baselines_of(
    paths: &RoundPaths,
    candidate: &str,
) -> Result<Baselines, RoundError> {
    let mut baselines = stored_baselines(&paths.bundle(candidate).key.join(BASELINES))?;
    let added = stored_baselines(&paths.baselines().join(BASELINES))?;
    baselines.results.extend(added.results);
    Ok(baselines)
}

/// The baselines from a file; empty if there is none.
pub(in super::super) fn stored_baselines(path: &Path) -> Result<Baselines, RoundError> {
    if path.is_file() {
        Ok(read_json(path)?)
    } else {
        Ok(Baselines::default())
    }
}

/// The stream for chance levels, the same in every review.
pub(in super::super) fn chances() -> Stream {
    Secret::demo(0).stream().fork("review")
}
