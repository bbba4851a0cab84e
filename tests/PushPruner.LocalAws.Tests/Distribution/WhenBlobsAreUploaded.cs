using System.Net.Http.Headers;

namespace PushPruner.LocalAws.Tests.Distribution;

public sealed class WhenBlobsAreUploaded : DistributionTest
{
    static readonly string Where10K = $"/v2/{App}/blobs/{DigestOf(Layer)}";

    [Fact]
    public async Task One_request_with_a_digest_is_enough()
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/v2/{App}/blobs/uploads/?digest={DigestOf(Layer)}", Layer);

        ((int)answer.StatusCode).ShouldBe(201);
        answer.Headers.Location!.ToString().ShouldBe(Where10K);
        Header(answer, "Docker-Content-Digest").ShouldBe(DigestOf(Layer));
        (await ReadAsync()).ShouldBe(Layer);
    }

    [Fact]
    public async Task Chunks_follow_each_other_and_their_ranges_are_told()
    {
        var upload = await StartUploadAsync();
        using var first = await SendAsync(HttpMethod.Patch, upload, Layer[..4000], range: "0-3999");
        ((int)first.StatusCode).ShouldBe(202);
        Header(first, "Range").ShouldBe("0-3999");
        first.Headers.Location!.ToString().ShouldBe(upload);
        using var second = await SendAsync(HttpMethod.Patch, upload, Layer[4000..7000], range: "4000-6999");
        Header(second, "Range").ShouldBe("0-6999");
        using var progress = await SendAsync(HttpMethod.Get, upload);
        ((int)progress.StatusCode).ShouldBe(204);
        Header(progress, "Range").ShouldBe("0-6999");

        using var end = await SendAsync(HttpMethod.Put, $"{upload}?digest={DigestOf(Layer)}", Layer[7000..], range: "7000-9999");
        ((int)end.StatusCode).ShouldBe(201);
        (await ReadAsync()).ShouldBe(Layer);
    }

    [Theory]
    [InlineData("5-3004")]
    [InlineData("0-10")]
    [InlineData("bytes 0-2999")]
    public async Task A_chunk_that_does_not_belong_there_is_refused_with_what_is_there(string range)
    {
        var upload = await StartUploadAsync();
        using var refused = await SendAsync(HttpMethod.Patch, upload, Layer[..3000], range: range);

        ((int)refused.StatusCode).ShouldBe(416);
        Header(refused, "Range").ShouldBe("0-0");
        using var end = await SendAsync(HttpMethod.Put, $"{upload}?digest={DigestOf(Layer)}", Layer);
        ((int)end.StatusCode).ShouldBe(201);
    }

    [Theory]
    [InlineData("?digest=sha256:aa")]
    [InlineData("?digest=sha512:aa")]
    [InlineData("?digest=../../etc/passwd")]
    [InlineData("")]
    public async Task A_digest_that_is_not_its_own_is_refused_and_nothing_is_stored(string query)
    {
        await RefusedAsync(SendAsync(HttpMethod.Put, await StartUploadAsync() + query, Layer), 400, "DIGEST_INVALID");

        using var head = await SendAsync(HttpMethod.Head, Where10K);
        ((int)head.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task One_that_is_given_up_is_unknown_and_so_is_one_of_another_repository()
    {
        Registry.CreateRepository("other");
        var upload = await StartUploadAsync();
        await RefusedAsync(
            SendAsync(HttpMethod.Patch, upload.Replace("/app/", "/other/", StringComparison.Ordinal), Layer), 404, "BLOB_UPLOAD_UNKNOWN");
        using var gone = await SendAsync(HttpMethod.Delete, upload);
        ((int)gone.StatusCode).ShouldBe(204);

        await RefusedAsync(SendAsync(HttpMethod.Patch, upload, Layer), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Fact]
    public async Task One_may_be_larger_than_any_other_request()
    {
        var large = new byte[(20 * 1024 * 1024) + 1];
        await UploadAsync(large);

        using var head = await SendAsync(HttpMethod.Head, $"/v2/{App}/blobs/{DigestOf(large)}");
        head.Content.Headers.ContentLength.ShouldBe(large.Length);
    }

    [Fact]
    public async Task A_part_of_it_can_be_read()
    {
        await UploadAsync(Layer);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, Where10K));
        request.Headers.Range = new RangeHeaderValue(9990, null);
        using var answer = await client.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(206);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Layer[9990..]);
    }

    [Fact]
    public async Task A_repository_has_only_what_was_pushed_to_it()
    {
        Registry.CreateRepository("other");
        await UploadAsync(Layer);

        await RefusedAsync(SendAsync(HttpMethod.Get, $"/v2/other/blobs/{DigestOf(Layer)}"), 404, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_mount_starts_an_upload_unless_the_account_has_turned_mounting_on()
    {
        await UploadBlobsAsync();
        await PushAsync(Image, "1.0");

        (await MountAsync()).ShouldBe(202);
    }

    [Fact]
    public async Task With_blob_mounting_on_only_what_an_image_of_the_other_repository_holds_is_mounted()
    {
        await ServeAsync(new() { BlobMounting = true });
        await UploadBlobsAsync();
        (await MountAsync()).ShouldBe(202, "no image holds it yet");
        await PushAsync(Image, "1.0");
        (await MountAsync()).ShouldBe(201);

        using var head = await SendAsync(HttpMethod.Head, $"/v2/team/other/blobs/{DigestOf(Layer)}");
        ((int)head.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_unknown_or_where_the_option_says_so_is_made()
    {
        await RefusedAsync(SendAsync(HttpMethod.Post, "/v2/new/blobs/uploads/"), 404, "NAME_UNKNOWN");
        await ServeAsync(new() { CreateOnPush = true });
        await StartUploadAsync("new");

        Registry.DescribeRepositories(new() { RepositoryNames = ["new"] }).Repositories.Count.ShouldBe(1);
    }

    async Task<int> MountAsync()
    {
        if (Registry.DescribeRepositories(new()).Repositories.All(r => r.RepositoryName != "team/other"))
            Registry.CreateRepository("team/other");
        using var answer = await SendAsync(HttpMethod.Post, $"/v2/team/other/blobs/uploads/?mount={DigestOf(Layer)}&from={App}");
        return (int)answer.StatusCode;
    }

    async Task<byte[]> ReadAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, Where10K);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
