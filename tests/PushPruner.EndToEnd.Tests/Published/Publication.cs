using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>The tests of the published program: one bootstrap and one DynamoDB server for all.</summary>
[CollectionDefinition(Name)]
public sealed class Publication : ICollectionFixture<PublishedBootstrap>, ICollectionFixture<Servers>
{
    public const string Name = "Published";
}
