using PushPruner.Aws.Dynamo;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Dynamo;

public sealed class TheIndexOnDynamoDb(DynamoDbFixture dynamo) : IndexContract
{
    protected override IManifestIndex Index => field ??= new DynamoIndex(dynamo.Client, DynamoDbFixture.Table, Clock);
}
