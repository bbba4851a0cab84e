using System.Text.Json;

namespace PushPruner.LocalAws.Tests.Distribution;

public sealed class WhenTagsAndReferrersAreListed : DistributionTest
{
    [Fact]
    public async Task Tags_come_in_order_and_page_by_page()
    {
        foreach (var tag in new[] { "c", "a", "B", "d", "e" })
            Registry.PutImage(One.Put(App, tag));
        var seen = new List<string>();
        var pages = 0;
        for (var next = $"/v2/{App}/tags/list?n=2"; next is not null; pages++)
        {
            using var answer = await SendAsync(HttpMethod.Get, next);
            var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
            body.GetProperty("name").GetString().ShouldBe(App);
            seen.AddRange(body.GetProperty("tags").EnumerateArray().Select(t => t.GetString()!));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        seen.ShouldBe(["B", "a", "c", "d", "e"]);
        pages.ShouldBe(3);
    }

    [Theory]
    [InlineData("", 1000, true)]
    [InlineData("?n=5000", 1000, true)]
    [InlineData("?n=0", 0, false)]
    [InlineData("?last=t0998", 2, false)]
    [InlineData("?last=zzz", 0, false)]
    public async Task A_page_has_a_thousand_tags_at_most(string query, int count, bool hasNext)
    {
        for (var i = 0; i < 1001; i++)
            Registry.Seed(App, new SeededImage { Digest = $"sha256:{i:x4}", Tags = [$"t{i:0000}"] });
        using var answer = await SendAsync(HttpMethod.Get, $"/v2/{App}/tags/list{query}");

        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("tags").GetArrayLength().ShouldBe(count);
        answer.Headers.Contains("Link").ShouldBe(hasNext);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task A_page_size_that_is_none_is_refused(string n) =>
        await RefusedAsync(SendAsync(HttpMethod.Get, $"/v2/{App}/tags/list?n={n}"), 400, "PAGINATION_NUMBER_INVALID");

    [Fact]
    public async Task Referrers_are_an_index_of_what_names_the_subject()
    {
        await UploadBlobsAsync();
        await PushAsync(Image, "1.0");
        var sbom = ImageOf("sbom", DigestOf(Image));
        await PushAsync(sbom, DigestOf(sbom));
        Put(ManifestFactory.Referrer(One));
        Registry.PutImage(
            ManifestFactory
                .Referrer(
                    new()
                    {
                        Text = Image, MediaType = ManifestMediaTypes.OciImage, SizeInBytes = 1,
                    })
                .Put(App));

        using var answer = await SendAsync(HttpMethod.Get, $"/v2/{App}/referrers/{DigestOf(Image)}?artifactType=application/spdx%2Bjson");
        Header(answer, "OCI-Filters-Applied").ShouldBe("artifactType");
        answer.Content.Headers.ContentType!.ToString().ShouldBe(ManifestMediaTypes.OciManifestList);
        var only = JsonElement
            .Parse(await answer.Content.ReadAsStringAsync())
            .GetProperty("manifests")
            .EnumerateArray()
            .ShouldHaveSingleItem();
        only.GetProperty("digest").GetString().ShouldBe(DigestOf(sbom));
        only.GetProperty("size").GetInt32().ShouldBe(sbom.Length);
        only.GetProperty("annotations").GetProperty("name").GetString().ShouldBe("sbom");

        using var all = await SendAsync(HttpMethod.Get, $"/v2/{App}/referrers/{DigestOf(Image)}");
        JsonElement.Parse(await all.Content.ReadAsStringAsync()).GetProperty("manifests").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Where_nothing_names_it_the_index_is_empty()
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/v2/{App}/referrers/{One.Digest}");

        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("manifests").GetArrayLength().ShouldBe(0);
        await RefusedAsync(SendAsync(HttpMethod.Get, $"/v2/{App}/referrers/1.0"), 400, "DIGEST_INVALID");
    }
}
