namespace PushPruner.LocalAws.Tests.Distribution;

public sealed class WhenManifestsArePushed : DistributionTest
{
    [Fact]
    public async Task A_tag_is_put_with_the_event_of_ECR_s_own_API()
    {
        await UploadBlobsAsync();
        using var answer = await PutAsync(Image, "1.0");

        ((int)answer.StatusCode).ShouldBe(201);
        Header(answer, "Docker-Content-Digest").ShouldBe(DigestOf(Image));
        answer.Headers.Location!.ToString().ShouldBe($"/v2/{App}/manifests/{DigestOf(Image)}");
        var sent = Events.ShouldHaveSingleItem();
        (sent.Digest, sent.Tag, sent.ActionType).ShouldBe((DigestOf(Image), "1.0", "PUSH"));
        Registry.Images(App).ShouldHaveSingleItem().SizeInBytes.ShouldBe(Config.Length + Layer.Length);
    }

    [Fact]
    public async Task A_multi_arch_image_sends_its_members_events_untagged_and_first()
    {
        await UploadBlobsAsync();
        var members = new[] { ImageOf("amd64"), ImageOf("arm64") };
        foreach (var member in members)
            await PushAsync(member, DigestOf(member));
        await PushAsync(IndexOf(members), "1.0", ManifestMediaTypes.OciManifestList);

        Events
            .Select(e => (e.Digest, e.Tag))
            .ShouldBe([(DigestOf(members[0]), null), (DigestOf(members[1]), null), (DigestOf(IndexOf(members)), "1.0")]);
    }

    [Fact]
    public async Task An_index_without_its_members_is_refused_in_ECR_s_words()
    {
        var put = PutAsync(IndexOf(Image), "1.0", type: ManifestMediaTypes.OciManifestList);
        var message = await RefusedAsync(put, 400, "MANIFEST_BLOB_UNKNOWN");

        message.ShouldBe(
            $"Images with digests '[{DigestOf(Image)}]' required for pushing image into repository with name 'app' in the registry with "
                + $"id '123456789012' do not exist");
        Registry.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_without_its_layers_is_refused_and_they_are_named()
    {
        await UploadAsync(Config);

        (await RefusedAsync(PutAsync(Image, "1.0"), 400, "MANIFEST_BLOB_UNKNOWN")).ShouldContain($"'[{DigestOf(Layer)}]'");
        Registry.Images(App).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_is_there_gets_another_tag_whether_or_not_its_layers_came_this_way()
    {
        Put(One, "1.0");
        await PushAsync(One.Text, "latest");

        Row(One).ImageTags.ShouldBe(["1.0", "latest"]);
    }

    [Fact]
    public async Task The_same_manifest_pushed_again_succeeds_and_sends_no_event()
    {
        await UploadBlobsAsync();
        await PushAsync(Image, "1.0");
        await PushAsync(Image, "1.0");

        Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Layers_that_are_kept_elsewhere_need_not_be_there()
    {
        await UploadAsync(Config);
        await PushAsync(
            Image.Replace("\"size\":10000", "\"size\":10000,\"urls\":[\"https://example.com/layer\"]", StringComparison.Ordinal),
            "1.0");
    }

    [Fact]
    public async Task A_digest_that_is_not_its_own_is_refused()
    {
        await UploadBlobsAsync();

        (await RefusedAsync(PutAsync(Image, $"sha256:{new string('a', 64)}"), 400, "MANIFEST_INVALID")).ShouldContain(
            "does not match the image digest");
    }

    [Theory]
    [InlineData("", "1.0", "MANIFEST_INVALID")]
    [InlineData("{", "1.0", "MANIFEST_INVALID")]
    [InlineData("[]", "1.0", "MANIFEST_INVALID")]
    [InlineData("""{"mediaType":"\ud800"}""", "1.0", "MANIFEST_INVALID")]
    [InlineData("""{"mediaType":"application/vnd.oci.image.index.v1+json"}""", "1.0", "MANIFEST_INVALID")]
    [InlineData("""{"schemaVersion":2}""", "..", "TAG_INVALID")]
    [InlineData("""{"schemaVersion":2}""", ".hidden", "TAG_INVALID")]
    public async Task What_makes_no_sense_is_refused(string manifest, string tag, string code)
    {
        // The client would take ".." for a folder.
        await RefusedAsync(PutAsync(manifest, tag == ".." ? "%2E.x" : tag), 400, code);
    }

    [Fact]
    public async Task What_is_no_UTF_8_is_refused()
    {
        await RefusedAsync(
            SendAsync(HttpMethod.Put, $"/v2/{App}/manifests/1.0", [0x7b, 0xff, 0x7d], ManifestMediaTypes.OciImage),
            400,
            "MANIFEST_INVALID");
    }

    [Fact]
    public async Task Sizes_beyond_all_bounds_are_no_trouble()
    {
        const string manifest =
            """{"schemaVersion":2,"layers":[{"size":9223372036854775807,"urls":[]},{"size":9223372036854775807,"urls":[]},{"size":-5,"urls":[]}]}""";
        await PushAsync(manifest, "1.0");

        Registry.Images(App).ShouldHaveSingleItem().SizeInBytes.ShouldBe(long.MaxValue);
    }

    [Fact]
    public async Task An_immutable_tag_stays_where_it_is()
    {
        Registry.CreateRepository(new CreateRepositoryCall { RepositoryName = "fixed", ImageTagMutability = "IMMUTABLE" });
        await UploadBlobsAsync("fixed");
        using var first = await PutAsync(Image, "1.0", "fixed");

        await RefusedAsync(PutAsync(ImageOf("two"), "1.0", "fixed"), 400, "TAG_INVALID");
    }

    [Fact]
    public async Task Throttling_has_its_status()
    {
        Registry.Faults.ThrottleNext("PutImage");
        await UploadBlobsAsync();

        await RefusedAsync(PutAsync(Image, "1.0"), 429, "TOOMANYREQUESTS");
    }

    [Fact]
    public async Task A_referrer_s_subject_is_told()
    {
        await UploadBlobsAsync();
        await PushAsync(Image, "1.0");
        using var answer = await PutAsync(ImageOf("sbom", DigestOf(Image)), DigestOf(ImageOf("sbom", DigestOf(Image))));

        Header(answer, "OCI-Subject").ShouldBe(DigestOf(Image));
        Registry.Images(App).Count(i => i.SubjectDigest == DigestOf(Image)).ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_deleted_this_way()
    {
        Put(One, "1.0");

        await RefusedAsync(SendAsync(HttpMethod.Delete, $"/v2/{App}/manifests/{One.Digest}"), 405, "UNSUPPORTED");
        await RefusedAsync(SendAsync(HttpMethod.Delete, $"/v2/{App}/blobs/{One.Digest}"), 405, "UNSUPPORTED");
        Registry.Images(App).Count.ShouldBe(1);
    }
}
