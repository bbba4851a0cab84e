using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>A client whose batches are answered in part.</summary>
sealed class SparseClient(DynamoDbServer server) : AmazonDynamoDBClient(DynamoDbServer.Credentials, server.Configuration())
{
    public int KeysAnAnswer { get; init; } = 100;

    /// <summary>So many answers come without any row.</summary>
    public int EmptyAnswers { get; set; }

    public override async Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        if (EmptyAnswers-- > 0)
            return new BatchGetItemResponse { UnprocessedKeys = request.RequestItems };

        var (table, asked) = request.RequestItems.Single();
        var response = await base.BatchGetItemAsync(new BatchGetItemRequest(Part(asked.Keys.Take(KeysAnAnswer))), cancellationToken);
        response.UnprocessedKeys = asked.Keys.Count > KeysAnAnswer ? Part(asked.Keys.Skip(KeysAnAnswer)) : null;
        return response;

        Dictionary<string, KeysAndAttributes> Part(IEnumerable<Dictionary<string, AttributeValue>> keys) =>
            new(StringComparer.Ordinal) { [table] = new KeysAndAttributes { Keys = [.. keys], ConsistentRead = true } };
    }
}
