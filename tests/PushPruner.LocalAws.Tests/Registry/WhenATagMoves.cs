namespace PushPruner.LocalAws.Tests.Registry;

public sealed class WhenATagMoves : RegistryTest
{
    [Fact]
    public void The_image_that_bore_it_stays_untagged_and_as_old_as_it_was()
    {
        Put(One, "latest");
        Clock.Advance(TimeSpan.FromHours(1));
        Put(Two, "latest");

        Row(One).ImageTags.ShouldBeNull();
        Row(One).ImagePushedAt.ShouldBe(Start);
        Row(Two).ImageTags.ShouldBe(["latest"]);
    }

    [Fact]
    public void To_an_image_that_is_there_already_no_push_time_changes()
    {
        Put(One, "1.0");
        Clock.Advance(TimeSpan.FromDays(40));
        Put(One, "prod");

        Row(One).ImageTags.ShouldBe(["1.0", "prod"]);
        Row(One).ImagePushedAt.ShouldBe(Start);
    }

    [Fact]
    public void An_event_names_the_old_digest_and_the_new_tag()
    {
        Put(One, "1.0");
        Put(One, "prod").Event.ShouldBe(Events[^1]);

        Events[^1].Digest.ShouldBe(One.Digest);
        Events[^1].Tag.ShouldBe("prod");
    }

    [Fact]
    public void No_event_is_sent_where_the_option_says_so()
    {
        Where(new() { RetagSendsEvent = false });
        Put(One, "1.0");

        Put(One, "prod").Event.ShouldBeNull();
        Events.Count.ShouldBe(1);
    }

    [Fact]
    public void An_immutable_repository_refuses_to_overwrite_but_takes_new_tags()
    {
        Registry.CreateRepository(new CreateRepositoryCall { RepositoryName = "fixed", ImageTagMutability = "IMMUTABLE" });
        Registry.PutImage(One.Put("fixed", "1.0"));

        Refused(() => Registry.PutImage(Two.Put("fixed", "1.0")), "ImageTagAlreadyExistsException");
        Registry.Images("fixed").Count.ShouldBe(1);
        Registry.PutImage(One.Put("fixed", "1.1"));
        Registry.Images("fixed")[0].Tags.ShouldBe(["1.0", "1.1"]);
    }

    [Fact]
    public void An_excluded_tag_of_an_immutable_repository_moves()
    {
        Registry.CreateRepository(new CreateRepositoryCall
        {
            RepositoryName = "fixed",
            ImageTagMutability = "IMMUTABLE_WITH_EXCLUSION",
            ImageTagMutabilityExclusionFilters = [new() { FilterType = "WILDCARD", Filter = "dev-*" }],
        });
        Registry.PutImage(One.Put("fixed", "dev-a"));
        Registry.PutImage(Two.Put("fixed", "dev-a"));

        Registry.Images("fixed").Single(image => image.IsTagged).Digest.ShouldBe(Two.Digest);
    }
}
