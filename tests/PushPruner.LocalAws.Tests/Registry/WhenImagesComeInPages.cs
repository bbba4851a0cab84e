using System.Globalization;

namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenImagesComeInPages : RegistryTest
{
    [Fact]
    public void A_page_has_one_hundred_unless_asked_and_all_come_once()
    {
        Seed(250);

        Pages(null).Select(page => page.Count).ShouldBe([100, 100, 50]);
        Pages(1000).ShouldHaveSingleItem().Count.ShouldBe(250);
        Pages(7).SelectMany(page => page).Distinct(StringComparer.Ordinal).Count().ShouldBe(250);
    }

    [Fact]
    public void No_token_follows_the_last_even_when_it_is_full()
    {
        Seed(200);

        Pages(100).Count.ShouldBe(2);
    }

    [Fact]
    public void Deletes_and_pushes_between_pages_neither_hide_nor_double_the_others()
    {
        Seed(30);
        var first = Registry.DescribeImages(new() { RepositoryName = App, MaxResults = 10 });
        var survivors = Registry.Images(App).Skip(12).Select(image => image.Digest).ToList();
        Delete([.. Registry.Images(App).Take(12).Select(image => EcrImageId.Digest(image.Digest))]);
        Put(One, "new");

        var rest = Registry.DescribeImages(new() { RepositoryName = App, MaxResults = 1000, NextToken = first.NextToken });
        rest.ImageDetails.Select(row => row.ImageDigest).Where(digest => digest != One.Digest).ShouldBe(survivors);
    }

    [Fact]
    public void A_list_has_a_row_for_each_tag_and_one_for_an_untagged_image()
    {
        Put(One, "a");
        Put(One, "b");
        Put(One, "c");
        Put(Two);

        var all = ListPages(1).SelectMany(page => page).ToList();
        all.ShouldBe(
            [
                EcrImageId.Pair(One.Digest, "a"),
                EcrImageId.Pair(One.Digest, "b"),
                EcrImageId.Pair(One.Digest, "c"),
                EcrImageId.Digest(Two.Digest),
            ],
            ignoreOrder: true);
        ListPages(2).Select(page => page.Count).ShouldBe([2, 2]);
    }

    [Fact]
    public void A_tag_that_goes_between_pages_hides_no_other()
    {
        foreach (var tag in new[] { "a", "b", "c" })
            Put(One, tag);
        var first = Registry.ListImages(new() { RepositoryName = App, MaxResults = 1 });
        Delete(EcrImageId.Tag("a"));

        Registry.ListImages(new() { RepositoryName = App, NextToken = first.NextToken })
            .ImageIds.Select(id => id.ImageTag).ShouldBe(["b", "c"]);
    }

    [Fact]
    public void Filtered_pages_are_full_or_where_the_option_says_so_can_be_empty()
    {
        var tagged = new ImageFilter { TagStatus = "TAGGED" };
        Seed(30);
        Pages(10, tagged).ShouldHaveSingleItem().ShouldBeEmpty();

        Where(new() { FilteredPages = FilteredPages.Sparse });
        Seed(30);
        Put(One, "last");
        var pages = Pages(10, tagged);
        pages.Count.ShouldBe(4);
        pages.SelectMany(page => page).ShouldBe([One.Digest]);
    }

    [Fact]
    public void One_hundred_thousand_images_are_a_hundred_pages()
    {
        Seed(100_000);
        Registry.Calls.Clear();

        Pages(1000).Sum(page => page.Count).ShouldBe(100_000);
        Registry.Calls.Count("DescribeImages").ShouldBe(100);
    }

    void Seed(int count) => Registry.Seed(App, Enumerable.Range(0, count).Select(i => new SeededImage
    {
        // Spread over the digests, as hashes are.
        Digest = "sha256:" + (i * 2654435761L % 4294967296L).ToString("x8", CultureInfo.InvariantCulture).PadRight(64, '0'),
        PushedAt = Start.AddMinutes(i),
    }));

    List<List<string>> Pages(int? size, ImageFilter? filter = null)
    {
        var pages = new List<List<string>>();
        string? token = null;
        do
        {
            var page = Registry.DescribeImages(new() { RepositoryName = App, MaxResults = size, NextToken = token, Filter = filter });
            pages.Add([.. page.ImageDetails.Select(row => row.ImageDigest)]);
            token = page.NextToken;
        }
        while (token is not null);
        return pages;
    }

    List<IReadOnlyList<EcrImageId>> ListPages(int size)
    {
        var pages = new List<IReadOnlyList<EcrImageId>>();
        string? token = null;
        do
        {
            var page = Registry.ListImages(new() { RepositoryName = App, MaxResults = size, NextToken = token });
            pages.Add(page.ImageIds);
            token = page.NextToken;
        }
        while (token is not null);
        return pages;
    }
}
