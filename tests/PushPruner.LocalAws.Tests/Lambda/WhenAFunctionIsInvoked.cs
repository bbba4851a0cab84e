using System.Net;
using System.Text;

namespace PushPruner.LocalAws.Tests.Lambda;

public sealed class WhenAFunctionIsInvoked : FunctionTest
{
    const string SignedFor = "AWS4-HMAC-SHA256 Credential=AKID/20261125/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0";

    readonly HttpClient client = new();
    LocalAwsServer server = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        server = await LocalAwsServer.StartAsync(Registry);
        server.Add(Function);
    }

    public override async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("OnImagePushed")]
    [InlineData("OnImagePushed:live")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:OnImagePushed")]
    public async Task By_name_or_arn_its_result_is_the_answer(string name)
    {
        var invoked = InvokeAsync("""{"a":1}""", name);
        (await ServeAsync("""{"b":2}""")).ShouldBe("""{"a":1}""");

        using var answer = await invoked;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Amz-Executed-Version").ShouldBe(["$LATEST"]);
        answer.Headers.Contains("X-Amz-Function-Error").ShouldBeFalse();
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"b":2}""");
    }

    [Fact]
    public async Task Its_error_is_an_answer_with_a_header()
    {
        var invoked = InvokeAsync("{}");
        await FailAsync();

        using var answer = await invoked;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Amz-Function-Error").ShouldBe(["Unhandled"]);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(Unhandled);
    }

    [Fact]
    public async Task An_event_is_accepted_before_it_is_handled()
    {
        using var answer = await InvokeAsync("""{"n":1}""", type: "Event");
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await ServeAsync("null")).ShouldBe("""{"n":1}""");
        await Function.IdleAsync();
    }

    [Theory]
    [InlineData("{", "OnImagePushed", HttpStatusCode.BadRequest, "InvalidRequestContentException")]
    [InlineData("{}", "Nobody", HttpStatusCode.NotFound, "ResourceNotFoundException")]
    public async Task What_cannot_be_invoked_is_refused(string payload, string name, HttpStatusCode status, string type)
    {
        using var answer = await InvokeAsync(payload, name);

        answer.StatusCode.ShouldBe(status);
        answer.Headers.GetValues("x-amzn-ErrorType").ShouldBe([type]);
    }

    [Fact]
    public async Task An_event_of_more_than_a_megabyte_is_refused()
    {
        using var answer = await InvokeAsync($"\"{new string('x', 1024 * 1024)}\"", type: "Event");

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    async Task<HttpResponseMessage> InvokeAsync(string payload, string name = "OnImagePushed", string type = "RequestResponse")
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(server.Url, $"/2015-03-31/functions/{Uri.EscapeDataString(name)}/invocations"));
        request.Content = new StringContent(payload, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Amz-Invocation-Type", type);
        request.Headers.TryAddWithoutValidation("Authorization", SignedFor);
        return await client.SendAsync(request);
    }
}
