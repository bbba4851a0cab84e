using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PushPruner.Aws.Dynamo;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.Aws.Tests.Dynamo;

public sealed class ATableThatCantBeUsed(DynamoDbFixture dynamo)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, Func<IManifestIndex, Task>> Operations => new()
    {
        { "dynamodb:BatchGetItem", i => i.ReadAsync("app", [], tag: null, Token) },
        { "dynamodb:Query", i => i.ReadAllAsync("app", Token) },
        { "dynamodb:Query", i => i.NewestAsync("app", Kind.Image, 10, Token) },
        { "dynamodb:Query", i => i.DueAsync("app", Kind.Image, Sample.Start, 10, Token) },
        { "dynamodb:PutItem", i => i.TryWriteAsync("app", Sample.Row(1), Token) },
        { "dynamodb:PutItem", i => i.TryWriteStateAsync("app", new RepositoryState(), Token) },
        { "dynamodb:PutItem", i => i.TryWriteProtectingTagAsync("app", new ProtectingTag { Tag = "latest", Row = Sample.Row(1) }, Token) },
        { "dynamodb:PutItem", i => i.WriteTombstoneAsync("app", Sample.Tombstone(1, Sample.Start), Token) },
        { "dynamodb:DeleteItem", i => i.TryRemoveAsync("app", Sample.Digest(1), 5, Token) },
        { "dynamodb:DeleteItem", i => i.TryRemoveProtectingTagAsync("app", "latest", 5, Token) },
        { "dynamodb:Query", i => i.ListTombstonesAsync("app", Token).ToListAsync(Token).AsTask() },
        { "dynamodb:PutItem", i => i.AddRepositoryAsync("app", Token) },
        { "dynamodb:DeleteItem", i => i.RemoveRepositoryAsync("app", Token) },
        { "dynamodb:Query", i => i.ListRepositoriesAsync(Token).ToListAsync(Token).AsTask() },
        { "dynamodb:UpdateItem", i => i.AddOwnerAsync("app", Sample.Digest(1), Sample.Digest(2), Token) },
        { "dynamodb:GetItem", i => i.FindTombstoneAsync("app", Sample.Digest(1), Token) },
    };

    [Theory]
    [MemberData(nameof(Operations), DisableDiscoveryEnumeration = true)]
    public async Task A_missing_table_is_named_with_the_action_and_the_way_out(string action, Func<IManifestIndex, Task> operation)
    {
        var index = new DynamoIndex(dynamo.Client, "no-such-table", TimeProvider.System);

        var exception = await Should.ThrowAsync<IndexTableException>(() => operation(index));

        exception.Table.ShouldBe("no-such-table");
        exception.Action.ShouldBe(action);
        exception.Message.ShouldBe(
            $"{action} found no table \"no-such-table\": deploy the stack that makes it, or set INDEX_TABLE to the name of the one "
                + $"there is");
    }

    [Theory]
    [MemberData(nameof(Operations), DisableDiscoveryEnumeration = true)]
    public async Task A_denied_table_is_named_with_the_action_and_the_way_out(string action, Func<IManifestIndex, Task> operation)
    {
        await using var denying = await AnsweringAsync("AccessDeniedException");
        using var client = ClientOf(denying);

        var exception = await Should.ThrowAsync<IndexTableException>(() =>
            operation(new DynamoIndex(client, "index", TimeProvider.System)));

        exception.Message.ShouldBe(
            $"{action} on table \"index\" is denied: allow it in the function's role, on the table and on its indexes (<arn of the "
                + $"table>/index/*)");
        exception.Action.ShouldBe(action);
    }

    [Fact]
    public async Task Any_other_failure_passes_as_it_is()
    {
        await using var failing = await AnsweringAsync("ValidationException");
        using var client = ClientOf(failing);

        var exception = await Should.ThrowAsync<AmazonDynamoDBException>(
            () => new DynamoIndex(client, "index", TimeProvider.System).ReadAllAsync("app", Token));

        exception.ErrorCode.ShouldBe("ValidationException");
    }

    static AmazonDynamoDBClient ClientOf(WebApplication server) => new(
        DynamoDbServer.Credentials,
        new AmazonDynamoDBConfig
        {
            ServiceURL = server.Urls.Single(), AuthenticationRegion = "eu-west-1", RetryMode = RequestRetryMode.Standard,
        });

    static async Task<WebApplication> AnsweringAsync(string error)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "application/x-amz-json-1.0";
            return context.Response.WriteAsync($$"""{"__type":"com.amazon.coral.service#{{error}}","Message":"so it is"}""");
        });
        await server.StartAsync(Token);
        return server;
    }
}
