//! The `drumlin` command.
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let r = drumlin::workflow::generate(
        &drumlin::workflow::GenerateRequest {
            scenario: "assistant-prompts".into(),
            out: args[1].clone().into(),
            candidates: args[2].split(',').map(Into::into).collect(),
            rows: args.get(3).map(|r| r.parse().unwrap()),
            origin: drumlin::workflow::Origin::Demo(args[4].parse().unwrap()),
            brief: None,
            variant: drumlin::generate::Variant::Resample,
            force: false,
        },
        &drumlin::progress::Silent,
    );
    println!("{r:?}");
}
