using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>A client that has DynamoDB say what each read and write consumed, and sums it up.</summary>
sealed class CountingClient(DynamoDbServer server) : AmazonDynamoDBClient(DynamoDbServer.Credentials, server.Configuration())
{
    int calls;
    double units;

    public Consumption Consumed => new(calls, units);

    public override async Task<BatchGetItemResponse> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var response = await base.BatchGetItemAsync(request, cancellationToken);
        Add([.. response.ConsumedCapacity]);
        return response;
    }

    public override async Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var response = await base.GetItemAsync(request, cancellationToken);
        Add(response.ConsumedCapacity);
        return response;
    }

    public override async Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var response = await base.QueryAsync(request, cancellationToken);
        Add(response.ConsumedCapacity);
        return response;
    }

    public override async Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var response = await base.PutItemAsync(request, cancellationToken);
        Add(response.ConsumedCapacity);
        return response;
    }

    public override async Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default)
    {
        request.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
        var response = await base.DeleteItemAsync(request, cancellationToken);
        Add(response.ConsumedCapacity);
        return response;
    }

    void Add(params ConsumedCapacity[] consumed)
    {
        calls++;
        units += consumed.Sum(c => c.CapacityUnits ?? 0);
    }
}
