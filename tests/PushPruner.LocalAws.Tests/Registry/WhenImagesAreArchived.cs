using System.Text.Json;

namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenImagesAreArchived : RegistryTest
{
    [Fact]
    public void Only_a_filter_that_asks_for_them_shows_them()
    {
        Put(One);
        Put(Two);
        Change("ARCHIVE").ImageStatus.ShouldBe("ARCHIVED");

        List(null).ShouldBe([Two.Digest]);
        List(new() { TagStatus = "ANY" }).ShouldBe([Two.Digest]);
        List(new() { ImageStatus = "ARCHIVED" }).ShouldBe([One.Digest]);
        List(ImageFilter.Any).Count.ShouldBe(2);
        Row(One).LastArchivedAt.ShouldBe(Start);
    }

    [Fact]
    public void They_are_restored_after_a_while()
    {
        Put(One);
        Change("ARCHIVE");
        Clock.Advance(TimeSpan.FromDays(1));
        Change("STANDARD").ImageStatus.ShouldBe("ACTIVATING");

        Clock.Advance(TimeSpan.FromMinutes(4));
        Row(One).ImageStatus.ShouldBe("ACTIVATING");
        Clock.Advance(TimeSpan.FromMinutes(1));
        Row(One).ImageStatus.ShouldBe("ACTIVE");
        Row(One).LastActivatedAt.ShouldBe(Start.AddDays(1).AddMinutes(5));
        Row(One).ImagePushedAt.ShouldBe(Start);
    }

    [Fact]
    public void Their_events_have_no_tag_and_the_restore_its_time()
    {
        Where(new() { RestoreTakes = TimeSpan.Zero });
        Put(One, "1.0");
        Events.Clear();
        Change("ARCHIVE");
        Change("STANDARD");

        Events.Select(happened => happened.ActionType).ShouldBe(["UPDATE_STORAGE_CLASS", "UPDATE_STORAGE_CLASS"]);
        var restored = JsonElement.Parse(Events[1].Json).GetProperty("detail");
        restored.GetProperty("target-storage-class").GetString().ShouldBe("STANDARD");
        restored.GetProperty("last-activated-at").GetString().ShouldBe("2026-11-25T10:00:00.123Z");
        restored.TryGetProperty("image-tag", out _).ShouldBeFalse();
    }

    [Fact]
    public void They_cannot_be_pulled()
    {
        Put(One);
        Change("ARCHIVE");

        Registry.BatchGetImage(new() { RepositoryName = App, ImageIds = [EcrImageId.Digest(One.Digest)] })
            .Failures.ShouldHaveSingleItem().FailureCode.ShouldBe("ImageNotFound");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_push_restores_them_and_moves_the_push_time_only_where_the_option_says_so(bool moves)
    {
        Where(new() { RestoringPushMovesPushedAt = moves });
        Put(One, "1.0");
        Change("ARCHIVE");
        Clock.Advance(TimeSpan.FromDays(1));
        Put(One, "1.0");

        Row(One).ImageStatus.ShouldBe("ACTIVATING");
        Row(One).ImagePushedAt.ShouldBe(moves ? Start.AddDays(1) : Start);
    }

    [Theory]
    [InlineData(FilteredId.LeftOut, 0)]
    [InlineData(FilteredId.Described, 1)]
    public void By_id_without_a_filter_they_are_what_the_option_says(FilteredId option, int count)
    {
        Where(new() { FilteredId = option });
        Put(One);
        Change("ARCHIVE");

        Registry
            .DescribeImages(new() { RepositoryName = App, ImageIds = [EcrImageId.Digest(One.Digest)] })
            .ImageDetails.Count.ShouldBe(count);
    }

    [Fact]
    public void By_id_without_a_filter_they_are_not_found_by_default()
    {
        Put(One);
        Change("ARCHIVE");

        Refused(
            () => Registry.DescribeImages(new() { RepositoryName = App, ImageIds = [EcrImageId.Digest(One.Digest)] }),
            "ImageNotFoundException");
    }

    UpdateImageStorageClassAnswer Change(string target) => Registry.UpdateImageStorageClass(
        new() { RepositoryName = App, ImageId = EcrImageId.Digest(One.Digest), TargetStorageClass = target });

    List<string> List(ImageFilter? filter) =>
        [.. Registry.ListImages(new() { RepositoryName = App, Filter = filter }).ImageIds.Select(id => id.ImageDigest!)];
}
