using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PushPruner.LocalAws.Tests.Http;

public sealed class WhenTalkingHttp : RegistryTest, IAsyncLifetime
{
    const string SignedFor =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/us-east-1/ecr/aws4_request, SignedHeaders=host;x-amz-date, Signature=0";

    readonly HttpClient client = new();
    LocalAwsServer? server;

    public async ValueTask InitializeAsync() => server = await LocalAwsServer.StartAsync(Registry);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server!.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_is_the_text_that_ECR_would_send()
    {
        Put(One, "1.0");

        using var answer = await PostAsync("DescribeImages", """{"repositoryName":"app","somethingNewer":1}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/x-amz-json-1.1");
        answer.Headers.GetValues("x-amzn-RequestId").ShouldHaveSingleItem().Length.ShouldBe(36);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            """{"imageDetails":[{"registryId":"123456789012","repositoryName":"app","imageDigest":"DIGEST","imageTags":["1.0"],"imageSizeInBytes":1000000,""".Replace(
                "DIGEST", One.Digest, StringComparison.Ordinal)
                + """
                "imagePushedAt":1795600800.123,"imageManifestMediaType":"application/vnd.oci.image.manifest.v1+json","artifactMediaType":"application/vnd.oci.image.config.v1+json","imageStatus":"ACTIVE"}]}
                """);
    }

    [Fact]
    public async Task A_time_in_whole_seconds_has_no_fraction()
    {
        Registry.Seed(App, new SeededImage { Digest = "sha256:aa", PushedAt = Start.AddMilliseconds(-123) });

        (await TextAsync("DescribeImages", """{"repositoryName":"app"}""")).ShouldContain("\"imagePushedAt\":1795600800,");
    }

    [Fact]
    public async Task An_error_names_its_type_and_says_why()
    {
        using var answer = await PostAsync("DescribeImages", """{"repositoryName":"gone"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("x-amzn-RequestId").ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            """{"__type":"RepositoryNotFoundException","message":"The repository with name 'gone' does not exist in the registry with id '123456789012'"}""");
    }

    [Theory]
    [InlineData("DescribeImages", "{", "SerializationException")]
    [InlineData("DescribeImages", "", "SerializationException")]
    [InlineData("DescribeImages", """{"repositoryName":1}""", "SerializationException")]
    [InlineData("DescribeImages", """{"repositoryName":"app","imageIds":"all"}""", "SerializationException")]
    [InlineData("DescribeImages", """{"repositoryName":"app","imageIds":[]}""", "InvalidParameterException")]
    [InlineData("DescribeImages", "{}", "InvalidParameterException")]
    [InlineData("DescribeImages", """{"repositoryName":"APP"}""", "InvalidParameterException")]
    [InlineData("DescribeImages", """{"repositoryName":"app","registryId":"1234"}""", "InvalidParameterException")]
    [InlineData("BatchDeleteImage", """{"repositoryName":"app"}""", "InvalidParameterException")]
    [InlineData("MakeCoffee", "{}", "UnknownOperationException")]
    public async Task What_makes_no_sense_is_refused(string operation, string body, string type)
    {
        using var answer = await PostAsync(operation, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("__type").GetString().ShouldBe(type);
    }

    [Theory]
    [InlineData(null, "MissingAuthenticationTokenException")]
    [InlineData("Bearer abc", "MissingAuthenticationTokenException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID, Signature=0", "MissingAuthenticationTokenException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20261125/eu-west-1/ecr/aws4_request, Signature=0", "InvalidSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID/20261125/us-east-1/s3/aws4_request, Signature=0", "InvalidSignatureException")]
    public async Task What_is_not_signed_for_it_is_refused(string? authorization, string type) =>
        (await TextAsync("DescribeImages", """{"repositoryName":"app"}""", authorization)).ShouldContain($"\"__type\":\"{type}\"");

    [Fact]
    public async Task A_failure_that_was_planned_has_its_status()
    {
        Registry.Faults.FailNext("ListImages");
        using var answer = await PostAsync("ListImages", """{"repositoryName":"app"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"__type\":\"ServerException\"");
    }

    [Fact]
    public async Task A_lost_connection_gives_no_answer_at_all()
    {
        Registry.Faults.LoseAnswerOfNext("PutImage");
        var body = $$"""{"repositoryName":"app","imageManifest":"{{JsonEncodedText.Encode(One.Text)}}"}""";

        await Should.ThrowAsync<HttpRequestException>(() => PostAsync("PutImage", body));
        Registry.Images(App).ShouldHaveSingleItem().Digest.ShouldBe(One.Digest);
    }

    [Fact]
    public async Task A_request_that_hangs_ends_when_the_caller_gives_up()
    {
        var reached = new TaskCompletionSource();
        Registry.Faults.OnCall(_ =>
        {
            reached.TrySetResult();
            return Fault.Hanging;
        });
        using var patience = new CancellationTokenSource();
        var answer = PostAsync("ListImages", """{"repositoryName":"app"}""", SignedFor, patience.Token);
        await reached.Task;
        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(answer);
        Registry.Calls.Count("ListImages").ShouldBe(1);
    }

    async Task<string> TextAsync(string operation, string body, string? authorization = SignedFor)
    {
        using var answer = await PostAsync(operation, body, authorization);
        return await answer.Content.ReadAsStringAsync();
    }

    async Task<HttpResponseMessage> PostAsync(
        string operation,
        string body,
        string? authorization = SignedFor,
        CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server!.Url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + operation);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await client.SendAsync(request, cancellationToken);
    }
}
