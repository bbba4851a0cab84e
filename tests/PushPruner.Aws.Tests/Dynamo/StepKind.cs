namespace PushPruner.Aws.Tests.Dynamo;

enum StepKind
{
    Write,
    Remove,
    WriteState,
    WriteBearer,
    RemoveBearer,
    AddOwner,
    AddReferrer,
    Bury,
    Look,
}
