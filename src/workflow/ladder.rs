//! The ladder of a bundle: default pipelines are run on it, and held against its truth.

use std::path::Path;

use rayon::prelude::*;

use crate::autopilot::Autopilot;
use crate::bundle::{FORMAT, Key, RoundError, RoundPaths, read_json};
use crate::random::{Secret, Stream};
use crate::review::{BundleTruth, Ladder, Rung, Sample, assess_alone};
use crate::staging::{Privacy, StagingError, write_file, write_json};
use crate::submission::{DeliveredRows, read};
use crate::table::Cells;

/// Folder of what the pipelines hand in, in a key.
const AUTOPILOTS: &str = "autopilots";
/// What they reach, in a key; and what submissions reach that the team added, among the baselines.
pub(super) const LADDER: &str = "ladder.json";

/// Runs pipelines on a sample of a bundle, and holds what each hands in against the truth.
pub(super) struct Climber<'a> {
    truth: &'a BundleTruth,
    sample: &'a Sample,
    delivered: DeliveredRows,
    stream: &'a Stream,
    folder: &'a Path,
}

impl<'a> Climber<'a> {
    /// On `sample`, with what is true of it; what pipelines hand in is kept below `folder`.
    pub(super) fn new(
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

    /// What one pipeline reaches.
    pub(super) fn rung(&self, pilot: Autopilot) -> Result<Rung, StagingError> {
        let (name, steps) = (pilot.name(), pilot.steps());
        let (table, row_id) = (&self.sample.delivered, &self.truth.key.row_id);
        let solution = match pilot.solve(table, row_id, &self.stream.fork(name)) {
            Ok(solution) => solution,
            Err(why) => return Ok(Rung::stuck(name, steps, &why.to_string())),
        };
        let hand_in = self.folder.join(AUTOPILOTS).join(name);
        for (file, bytes) in &solution.files {
            write_file(&hand_in.join(file), bytes, Privacy::OwnerOnly)?;
        }
        Ok(match read(&hand_in, &self.delivered) {
            Ok(submission) => Rung::of(
                name,
                steps,
                &assess_alone(self.truth, &submission, &chances()),
            ),
            Err(why) => Rung::stuck(name, steps, &why.to_string()),
        })
    }
}

/// Run every pipeline on a sample of a bundle, keep what each hands in below `folder` (the key of the
/// bundle), and hold it against the truth.
pub(super) fn climb(
    key: &Key,
    sample: &Sample,
    stream: &Stream,
    folder: &Path,
) -> Result<Ladder, StagingError> {
    let truth = BundleTruth::of_sample(key.clone(), sample);
    let climber = Climber::new(&truth, sample, stream, folder);
    let rungs: Result<Vec<Rung>, StagingError> = Autopilot::ALL
        .into_par_iter()
        .map(|pilot| climber.rung(pilot))
        .collect();
    let ladder = Ladder {
        format: FORMAT,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        mark: key.mark.clone(),
        rows: sample.delivered.rows(),
        rungs: rungs?,
        oracle: Some(Rung::oracle(&truth, &chances().fork("oracle"))),
    };
    write_json(&folder.join(LADDER), &ladder, Privacy::OwnerOnly)?;
    Ok(ladder)
}

/// Everything that is free on a candidate's bundle: the pipelines of its key, and what the team added to
/// the round. Nothing in a round that was made before there were pipelines.
pub(super) fn free_of(paths: &RoundPaths, candidate: &str) -> Result<Ladder, RoundError> {
    let mut ladder = stored(&paths.bundle(candidate).key.join(LADDER))?;
    let added = stored(&paths.baselines().join(LADDER))?;
    ladder.rungs.extend(added.rungs);
    Ok(ladder)
}

/// A ladder as it was written; an empty one where there is none.
pub(super) fn stored(path: &Path) -> Result<Ladder, RoundError> {
    if path.is_file() {
        Ok(read_json(path)?)
    } else {
        Ok(Ladder::default())
    }
}

/// What chance levels are drawn from, the same in every review.
pub(super) fn chances() -> Stream {
    Secret::demo(0).stream().fork("review")
}
