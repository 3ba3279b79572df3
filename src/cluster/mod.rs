//! Numbers about shapes of point clouds. Only this module names linfa.

mod components;

pub use components::PrincipalComponents;
