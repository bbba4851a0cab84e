namespace PushPruner.Testing.DynamoDb;

/// <summary>Something that serves DynamoDB's API until it is disposed of.</summary>
interface IDynamoDbHost : IAsyncDisposable
{
    Uri Url { get; }
}
