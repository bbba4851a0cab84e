using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace PushPruner.Testing.DynamoDb;

/// <summary>
/// A client that has DynamoDB say what each read and write consumed, and sums it up. What a local server leaves out is added as AWS
/// documents it: the writes of local secondary indexes, a unit for a query that finds nothing, and one for a write that is refused.
/// </summary>
public sealed class CountingClient(AmazonDynamoDBConfig config) : AmazonDynamoDBClient(DynamoDbServer.Credentials, config)
{
    const double LeastOfAConsistentRead = 1;

    readonly Lock gate = new();
    Consumption consumed = Consumption.None;

    public CountingClient(DynamoDbServer server)
        : this((server ?? throw new ArgumentNullException(nameof(server))).Configuration())
    {
    }

    /// <summary>False leaves requests as they are made, so that nothing but them is on the wire: then only calls are counted.</summary>
    public bool AsksForUnits { get; set; } = true;

    public Consumption Consumed
    {
        get
        {
            lock (gate)
                return consumed;
        }
    }

    public void Clear()
    {
        lock (gate)
            consumed = Consumption.None;
    }

    public override async Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ReturnConsumedCapacity = Wanted();
        var response = await base.BatchGetItemAsync(request, cancellationToken);
        AddRead((response.ConsumedCapacity ?? []).Sum(Units));
        return response;
    }

    public override async Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ReturnConsumedCapacity = Wanted();
        var response = await base.GetItemAsync(request, cancellationToken);
        AddRead(Units(response.ConsumedCapacity));
        return response;
    }

    public override async Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ReturnConsumedCapacity = Wanted();
        var response = await base.QueryAsync(request, cancellationToken);
        AddRead(Math.Max(LeastOfAConsistentRead, Units(response.ConsumedCapacity)));
        return response;
    }

    public override async Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ReturnConsumedCapacity = Wanted();
        request.ReturnValues = AsksForUnits ? ReturnValue.ALL_OLD : null;
        var response = await WriteAsync(() => base.PutItemAsync(request, cancellationToken));
        AddWrite(response.ConsumedCapacity, PlaceWrites.Of(response.Attributes, request.Item));
        return response;
    }

    public override async Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ReturnConsumedCapacity = Wanted();
        request.ReturnValues = AsksForUnits ? ReturnValue.ALL_OLD : null;
        var response = await WriteAsync(() => base.UpdateItemAsync(request, cancellationToken));
        AddWrite(response.ConsumedCapacity, PlaceWrites.Of(response.Attributes, request));
        return response;
    }

    public override async Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ReturnConsumedCapacity = Wanted();
        request.ReturnValues = AsksForUnits ? ReturnValue.ALL_OLD : null;
        var response = await WriteAsync(() => base.DeleteItemAsync(request, cancellationToken));
        AddWrite(response.ConsumedCapacity, PlaceWrites.Of(response.Attributes, after: null));
        return response;
    }

    ReturnConsumedCapacity? Wanted() => AsksForUnits ? ReturnConsumedCapacity.INDEXES : null;

    // A condition that doesn't hold costs as if it did.
    async Task<T> WriteAsync<T>(Func<Task<T>> callAsync)
    {
        try
        {
            return await callAsync();
        }
        catch (ConditionalCheckFailedException)
        {
            Add(new(1, 0, AsksForUnits ? 1 : 0));
            throw;
        }
    }

    static double Units(ConsumedCapacity? capacity) => capacity?.CapacityUnits ?? 0;

    void AddRead(double units) => Add(new(1, AsksForUnits ? units : 0, 0));

    void AddWrite(ConsumedCapacity? capacity, double places) =>
        Add(new(1, 0, AsksForUnits ? (capacity?.Table?.CapacityUnits ?? Units(capacity)) + places : 0));

    void Add(Consumption more)
    {
        lock (gate)
            consumed += more;
    }
}
