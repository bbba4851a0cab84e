using System.Text.Json;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Requests;

/// <summary>
/// Names as long and as odd as ECR allows them are handled like any other, from the event to the delete; one step further they are ignored.
/// </summary>
public sealed class NamesAtTheirLimitsTests : IAsyncLifetime
{
    const string EveryCharacterOfATag = "_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";

    Deployment deployment = null!;

    public async ValueTask InitializeAsync() =>
        deployment = await Deployment.StartAsync(settings: new Settings { Policy = new RetentionPolicy { KeepNewest = 1 } });

    public ValueTask DisposeAsync() => deployment.DisposeAsync();

    public static TheoryData<string> Repositories => new(
        "a0",
        "a/b/c/d/e/f/g/h",
        "team/app.of_ours__with---all",
        string.Join('/', Enumerable.Repeat("a", 128)) + "b",
        new string('a', 256));

    [Theory]
    [MemberData(nameof(Repositories))]
    public async Task A_repository_is_served(string name)
    {
        deployment.Ecr.Seed(name, ManifestFactory.Image("old").At(Deployment.Noon.AddDays(-40), "old"));
        var pushed = await InvokeAsync(name, "new");
        var reconciled = await deployment.ReconcileAsync($$"""{"repository":"{{name}}"}""");

        pushed.ShouldSatisfyAllConditions(
            r => r.Repository.ShouldBe(name), r => r.Outcome.ShouldBe(Outcome.Pruned), r => r.DeletedCount.ShouldBe(1));
        reconciled.ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(Outcome.NothingExpired), r => r.Images.ShouldBe(1));
        (await deployment.ListRepositoriesAsync()).Repositories.ShouldBe([name]);
        deployment.Ecr.Images(name).ShouldHaveSingleItem().Tags.ShouldBe(["new"]);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a___b")]
    [InlineData("a..b")]
    [InlineData("a_-b")]
    [InlineData("a#deleted")]
    [InlineData("257")]
    public async Task What_is_no_name_of_a_repository_is_ignored(string name)
    {
        var evt = Event(name == "257" ? new string('a', 257) : name, "sha256:" + new string('a', 64), "new");

        (await deployment.InvokeAsync(evt)).Outcome.ShouldBe(Outcome.Ignored);
        deployment.Ecr.Calls.Count().ShouldBe(0);
    }

    public static TheoryData<string> Tags =>
        new(EveryCharacterOfATag, new string('a', 128), "_" + new string('-', 127), "0", "sha256-", "amd64x", "1.0.0-rc.1_x");

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task A_tag_is_pushed_expires_and_goes(string tag)
    {
        deployment.Ecr.CreateRepository("app");
        (await InvokeAsync("app", tag)).Outcome.ShouldBe(Outcome.NothingExpired);
        deployment.Clock.Advance(TimeSpan.FromDays(31));

        var result = await InvokeAsync("app", "new");

        result.Expired.ShouldHaveSingleItem().Tags.ShouldBe([tag]);
        deployment.Ecr.Images("app").ShouldHaveSingleItem().Tags.ShouldBe(["new"]);
    }

    [Fact]
    public async Task Each_of_the_characters_of_a_tag_may_stand_in_a_pattern_and_protects()
    {
        await using var protecting = await Deployment.StartAsync(
            settings: new Settings
            {
                Policy = new RetentionPolicy { KeepNewest = 1, ProtectTags = Setting.TagPatterns("PROTECT_TAGS", EveryCharacterOfATag) },
            });
        protecting.Ecr.Seed("app", ManifestFactory.Image("old").At(Deployment.Noon.AddDays(-40), EveryCharacterOfATag));
        protecting.Ecr.Seed("app", ManifestFactory.Image("new").At(Deployment.Noon.AddDays(-39), "new"));

        (await protecting.ReconcileAsync("""{"repository":"app"}""")).Outcome.ShouldBe(Outcome.NothingExpired);
    }

    async Task<PruneResult> InvokeAsync(string repository, string tag)
    {
        var evt = deployment.Ecr.PutImage(ManifestFactory.Image(tag).Put(repository, tag)).Event!;
        return await deployment.InvokeAsync(evt.Json);
    }

    static string Event(string repository, string digest, string tag) =>
        $$$"""
            {"version":"0","id":"e","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"2026-06-01T11:00:00Z","region":"us-east-1",
             "resources":[],"detail":{"result":"SUCCESS","repository-name":{{{JsonSerializer.Serialize(
                repository)}}},"image-digest":"{{{digest}}}","action-type":"PUSH","image-tag":"{{{tag}}}"}}
            """;
}
