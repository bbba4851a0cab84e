using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>The calls that the index makes, on one table. Reads are consistent: each push sees what the one before it wrote.</summary>
sealed class DynamoTable(IAmazonDynamoDB dynamo, string table, TimeProvider clock)
{
    const int KeysACall = 100;

    public async Task<Item?> GetAsync(string repository, string key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = table, Key = Key(repository, key), ConsistentRead = true };
        var response = await CallAsync("dynamodb:GetItem", () => dynamo.GetItemAsync(request, cancellationToken));
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>The items with these sort keys, in no particular order. DynamoDB refuses a request with the same key twice.</summary>
    public async Task<List<Item>> GetManyAsync(string repository, IReadOnlySet<string> keys, CancellationToken cancellationToken)
    {
        var items = new List<Item>(keys.Count);
        foreach (var some in keys.Chunk(KeysACall))
            await GetManyAsync([.. some.Select(key => Key(repository, key))], items, cancellationToken);
        return items;
    }

    public Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        request.TableName = table;
        request.ConsistentRead = true;
        return CallAsync("dynamodb:Query", () => dynamo.QueryAsync(request, cancellationToken));
    }

    /// <returns>Null if it was written; else the refusal, with the stored item if DynamoDB returned it.</returns>
    public async Task<Refusal?> PutAsync(Item item, Condition condition, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest
        {
            TableName = table,
            Item = item,
            ConditionExpression = condition.Expression,
            ExpressionAttributeNames = condition.Names,
            ExpressionAttributeValues = condition.Values,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        return await TryAsync("dynamodb:PutItem", () => dynamo.PutItemAsync(request, cancellationToken));
    }

    /// <returns>Null if it was removed; else the refusal, with the stored item if DynamoDB returned it.</returns>
    public async Task<Refusal?> DeleteAsync(string repository, string key, Condition condition, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table,
            Key = Key(repository, key),
            ConditionExpression = condition.Expression,
            ExpressionAttributeNames = condition.Names,
            ExpressionAttributeValues = condition.Values,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        return await TryAsync("dynamodb:DeleteItem", () => dynamo.DeleteItemAsync(request, cancellationToken));
    }

    /// <returns>Null if it was updated or created; else the refusal, with the stored item if DynamoDB returned it.</returns>
    public async Task<Refusal?> UpdateAsync(string repository, string key, ItemUpdate update, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key(repository, key),
            UpdateExpression = update.Expression,
            ConditionExpression = ItemUpdate.Condition,
            ExpressionAttributeNames = update.Names,
            ExpressionAttributeValues = update.Values,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        return await TryAsync("dynamodb:UpdateItem", () => dynamo.UpdateItemAsync(request, cancellationToken));
    }

    static Item Key(string repository, string key) => new(StringComparer.Ordinal)
    {
        [Attributes.Repository] = new AttributeValue { S = repository },
        [Attributes.Digest] = new AttributeValue { S = key },
    };

    // An answer has at most 16 MB: it leaves out large rows even without throttling. Only an answer without any row makes it wait.
    async Task GetManyAsync(List<Item> keys, List<Item> items, CancellationToken cancellationToken)
    {
        var left = keys;
        for (var tries = 0; left.Count > 0;)
        {
            var request = new BatchGetItemRequest
            {
                RequestItems = new(StringComparer.Ordinal) { [table] = new KeysAndAttributes { Keys = left, ConsistentRead = true } },
            };
            var response = await CallAsync("dynamodb:BatchGetItem", () => dynamo.BatchGetItemAsync(request, cancellationToken));
            items.AddRange(response.Responses?.GetValueOrDefault(table) ?? []);

            var asked = left.Count;
            left = response.UnprocessedKeys?.GetValueOrDefault(table)?.Keys ?? [];
            tries = left.Count < asked ? 0 : tries + 1;
            if (tries == Backoff.Tries)
                throw IndexTableException.Silent(table, "dynamodb:BatchGetItem", tries);
            if (tries > 0)
                await Task.Delay(Backoff.Delay(tries, left[0][Attributes.Digest].S), clock, cancellationToken);
        }
    }

    async Task<Refusal?> TryAsync<T>(string action, Func<Task<T>> callAsync)
    {
        try
        {
            await CallAsync(action, callAsync);
            return null;
        }
        catch (ConditionalCheckFailedException e)
        {
            return new Refusal(e.Item is { Count: > 0 } item ? item : null);
        }
    }

    async Task<T> CallAsync<T>(string action, Func<Task<T>> callAsync)
    {
        try
        {
            return await callAsync();
        }
        catch (ResourceNotFoundException e)
        {
            throw IndexTableException.Missing(table, action, e);
        }
        catch (AmazonDynamoDBException e) when (e.ErrorCode == "AccessDeniedException")
        {
            throw IndexTableException.Denied(table, action, e);
        }
    }
}
