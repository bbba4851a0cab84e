using PushPruner.Aws.Tests.Dynamo;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Testing.Pushes;

namespace PushPruner.Aws.Tests.Jobs;

/// <summary>
/// A manifest may name members, or a subject, by a sha512 digest. ECR stores none and refuses every call that names one: no call may name
/// one, and neither a push nor a reconcile fails.
/// </summary>
public sealed class DigestsThatEcrDoesNotKnow(DynamoDbFixture dynamo) : IAsyncLifetime
{
    static readonly string Sha512 = "sha512:" + new string('a', 128);

    static readonly Settings Settings = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    readonly List<string> naming = [];

    MeteredRepository? started;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    MeteredRepository Repository => started!;

    public async ValueTask InitializeAsync()
    {
        started = await MeteredRepository.StartAsync(Sample.Repository(), dynamo.Server, DynamoDbFixture.Table, Token);
        Repository.CallsToEcr = NoteSha512;
        await Repository.HandleAsync(Put.Image(Repository), Settings, Token);
    }

    public ValueTask DisposeAsync() => started?.DisposeAsync() ?? default;

    [Fact]
    public async Task As_a_subject_they_make_no_run_fail_and_the_referrer_is_deleted_when_it_is_old()
    {
        var referrer = Referrer();
        var evt = Repository.Registry.PutImage(referrer.Put(Repository.Name)).Event!;

        (await HandleAsync(evt.Digest)).Outcome.ShouldBe(Outcome.NothingExpired);
        (await Repository.ReconcileAsync(Settings, Token)).Outcome.ShouldBe(Outcome.NothingExpired);
        Repository.Clock.Advance(TimeSpan.FromDays(31));
        (await Repository.ReconcileAsync(Settings, Token)).Deleted.ShouldContain(referrer.Digest);

        naming.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("new")]
    [InlineData(null)]
    public async Task As_a_member_they_make_no_run_fail_and_the_list_is_deleted_when_its_time_has_come(string? tag)
    {
        var member = ManifestFactory.Image("member");
        var list = ManifestFactory.ManifestList(member);
        list = list with { Text = list.Text.Replace("\"manifests\": [", $"\"manifests\": [{Entry()},", StringComparison.Ordinal) };
        list.Text.ShouldContain(Sha512);
        Repository.Registry.Seed(Repository.Name, member.At(MeteredRepository.Noon));
        Repository.Registry.Seed(
            Repository.Name,
            list.At(MeteredRepository.Noon, tag is null ? [] : [tag]) with
            {
                Members = [member.Digest],
            });

        (await HandleAsync(list.Digest, tag)).Outcome.ShouldBe(Outcome.NothingExpired);
        (await Repository.ReconcileAsync(Settings, Token)).Outcome.ShouldBe(Outcome.NothingExpired);
        Repository.Clock.Advance(TimeSpan.FromDays(31));
        await Repository.ReconcileAsync(Settings, Token);
        var results = await Repository.HandleAsync(Put.Image(Repository), Settings, Token);
        await Repository.ReconcileAsync(Settings, Token);

        results.ShouldHaveSingleItem().DoubtCount.ShouldBe(0);
        Repository.Registry.Images(Repository.Name).Select(i => i.Digest).ShouldNotContain(list.Digest);
        naming.ShouldBeEmpty();
    }

    static LocalManifest Referrer()
    {
        var subject = ManifestFactory.Image("subject");
        var referrer = ManifestFactory.Referrer(subject);
        referrer = referrer with { Text = referrer.Text.Replace(subject.Digest, Sha512, StringComparison.Ordinal) };
        referrer.Text.ShouldContain($"\"{Sha512}\"");
        return referrer;
    }

    static string Entry() => $$$"""
        {"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{Sha512}}}","size":1,"platform":{"os":"linux","architecture":"amd64"}}
        """;

    Task<PruneResult> HandleAsync(string digest, string? tag = null) =>
        Repository.HandleAsync(new ImagePush(Repository.Name, Digest.Parse(digest), tag, Repository.Clock.GetUtcNow()), Settings, Token);

    void NoteSha512(string operation, string text)
    {
        if (!text.Contains("sha512:", StringComparison.Ordinal))
            return;

        lock (naming)
            naming.Add($"{operation} {text}");
    }
}
