namespace PushPruner.LocalAws.Tests.Distribution;

public sealed class WhenManifestsArePulled : DistributionTest
{
    const string ByTag = $"/v2/{App}/manifests/1.0";

    [Fact]
    public async Task The_exact_bytes_come_by_tag_and_by_digest()
    {
        Put(One, "1.0");
        foreach (var reference in new[] { "1.0", One.Digest })
        {
            using var answer = await SendAsync(HttpMethod.Get, $"/v2/{App}/manifests/{reference}");
            (await answer.Content.ReadAsStringAsync()).ShouldBe(One.Text);
            answer.Content.Headers.ContentType!.ToString().ShouldBe(ManifestMediaTypes.OciImage);
            Header(answer, "Docker-Content-Digest").ShouldBe(One.Digest);
            Header(answer, "Docker-Distribution-Api-Version").ShouldBe("registry/2.0");
        }
    }

    [Fact]
    public async Task It_counts_as_a_pull()
    {
        Put(One, "1.0");
        Clock.Advance(TimeSpan.FromDays(3));
        using var answer = await SendAsync(HttpMethod.Get, ByTag);

        Row(One).LastRecordedPullTime.ShouldBe(Start.AddDays(3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_look_at_its_headers_counts_where_the_option_says_so(bool counts)
    {
        await ServeAsync(new() { HeadCountsAsPull = counts });
        Put(One, "1.0");
        using var answer = await SendAsync(HttpMethod.Head, ByTag);

        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentLength.ShouldBe(One.Text.Length);
        Row(One).LastRecordedPullTime.HasValue.ShouldBe(counts);
    }

    [Fact]
    public async Task What_is_not_there_is_unknown_and_so_is_what_is_archived()
    {
        await RefusedAsync(SendAsync(HttpMethod.Get, ByTag), 404, "MANIFEST_UNKNOWN");
        await RefusedAsync(SendAsync(HttpMethod.Get, $"/v2/{App}/manifests/sha256:xyz"), 400, "DIGEST_INVALID");
        (await RefusedAsync(SendAsync(HttpMethod.Get, "/v2/no/such/manifests/1.0"), 404, "NAME_UNKNOWN"))
            .ShouldBe("The repository with name 'no/such' does not exist in the registry with id '123456789012'");
        Put(One, "1.0");
        Registry.UpdateImageStorageClass(new() { RepositoryName = App, ImageId = EcrImageId.Tag("1.0"), TargetStorageClass = "ARCHIVE" });
        await RefusedAsync(SendAsync(HttpMethod.Get, ByTag), 404, "MANIFEST_UNKNOWN");
    }

    [Theory]
    [InlineData("blobs/uploads/blobs/tags")]
    [InlineData("manifests/referrers")]
    public async Task A_name_may_have_the_words_of_the_paths_in_it(string repository)
    {
        Registry.CreateRepository(repository);
        Registry.PutImage(One.Put(repository, "1.0"));
        using var answer = await SendAsync(HttpMethod.Get, $"/v2/{repository}/manifests/1.0");

        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("/v2/APP/manifests/1.0", 400, "NAME_INVALID")]
    [InlineData("/v2/a%2Fb/manifests/1.0", 400, "NAME_INVALID")]
    [InlineData("/v2/app/coffee", 404, "UNSUPPORTED")]
    public async Task A_path_that_is_none_is_refused(string path, int status, string code) =>
        await RefusedAsync(SendAsync(HttpMethod.Get, path), status, code);

    [Theory]
    [InlineData("/v2")]
    [InlineData("/v2/")]
    public async Task Anybody_is_let_in(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);

        ((int)answer.StatusCode).ShouldBe(200);
        Header(answer, "Docker-Distribution-Api-Version").ShouldBe("registry/2.0");
    }
}
