using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

// What CI and people do.
sealed partial class Simulator
{
    readonly List<(string Tag, LocalManifest List)> staged = [];

    // A name and a number, so that no two are the same.
    void Push(string tag) => Put(ManifestFactory.Image($"{tag}/{++tags}", 1_000), tag);

    void PushCache() => Put(ManifestFactory.BuildCache($"{++tags}", 1_000), "cache");

    void PushChart(string tag) => Put(ManifestFactory.HelmChart($"{++tags}", 1_000), tag);

    void PushRelease(string tag)
    {
        var release = Release.Of($"{tag}-{++tags}");
        foreach (var member in release.Members)
            Put(member, tag: null);
        Put(release.List, release.Name);
        PutSignature(ManifestFactory.CosignSignature(release.List), release.List.Digest, "sig");
        Put(release.Sbom, tag: null);
    }

    // The platform is a part of the tag, and any part of it.
    void Stage(string name, int pick)
    {
        var release = Release.Of($"{name}-{++tags}");
        foreach (var (member, platform) in release.Members.Zip(["amd64", "arm64"]))
        {
            var tag = (pick % 3) switch { 0 => $"{platform}-{name}", 1 => $"{name}-{platform}-ubi9", _ => $"{name}.linux_{platform}" };
            relations.NoteStaging(tag);
            Put(member, tag);
        }

        var list = ManifestFactory.ManifestList(release.Members.Take(2).ToList());
        relations.Contents.Add(list);
        staged.Add((name, list));
    }

    // Not where the platforms are gone by now.
    void PushStagedList(int index)
    {
        var (tag, list) = staged[index];
        staged.RemoveAt(index);
        bool IsMember(RegistryImage i) => relations.Contents.ListsNaming(i.Digest).Contains(list.Digest, StringComparer.Ordinal);
        if (scenario.Ecr.Images(PushScenario.App).Count(IsMember) == 2)
            Put(list, tag);
    }

    // Signatures and attestations that cosign finds by a tag: one that is made again takes the tag of the former.
    void Sign(RegistryImage image, int pick)
    {
        var subject = relations.Contents[image.Digest];
        var signature = pick % 2 == 0
            ? ManifestFactory.CosignSignature(subject, $"{++tags}")
            : ManifestFactory.CosignAttestation(subject, $"{++tags}");
        PutSignature(signature, subject.Digest, pick % 2 == 0 ? "sig" : "att");
    }

    void PutSignature(LocalManifest signature, string subject, string kind)
    {
        relations.NoteSigned(signature.Digest, subject);
        Put(signature, relations.Contents[subject].CosignTag(kind));
    }

    void Put(LocalManifest manifest, string? tag)
    {
        relations.Contents.Add(manifest);
        var now = scenario.Clock.GetUtcNow();
        if (scenario.Ecr.Images(PushScenario.App).Any(i => i.Digest == manifest.Digest))
            eventsReceived.Touch(manifest.Digest, now);
        else
            eventsReceived.Push(manifest.Digest, now);
        onTheirWay.Add(scenario.Ecr.PutImage(manifest.Put(PushScenario.App, tag)).Event!);
    }

    void Tag(RegistryImage image, string tag) => Put(relations.Contents[image.Digest], tag);

    // Of this no event arrives.
    void PutUnheard(string digest, string tag)
    {
        scenario.Ecr.PutImage(relations.Contents[digest].Put(PushScenario.App, tag));
        eventsReceived.Lose(digest, scenario.Clock.GetUtcNow());
    }

    RegistryImage? PickImage(Step step) => PickOf(scenario.Ecr.Images(PushScenario.App), step);

    // A part that somebody tags before its index was seen is taken for an image: a limit that is known, and not played here.
    RegistryImage? PickRoot(Step step) => PickOf(scenario.Ecr.Images(PushScenario.App).Where(IsPlayable), step);

    RegistryImage? PickKin(Step step) =>
        PickOf(
            scenario.Ecr
                .Images(PushScenario.App)
                .Where(i => MediaTypes.IsManifestList(i.MediaType) || (relations.IsReferrer(i) && i.IsTagged)),
            step);

    RegistryImage? PickPlatform(Step step)
    {
        var snapshot = new Snapshot(relations, scenario.Ecr.Images(PushScenario.App));
        bool IsPlatform(RegistryImage i) =>
            relations.Contents.KindOf(i.Digest) == ContentKind.Image && relations.Contents.ListsNaming(i.Digest).Count > 0;
        return PickOf(
            snapshot.Images.Where(i => IsPlatform(i) && snapshot.OwnersOf(i).Any(list => eventsReceived.IsTold(list.Digest))), step);
    }

    // Likely what the run is about to delete.
    RegistryImage? OldestRoot() => scenario.Ecr.Images(PushScenario.App).Where(i => i.IsTagged && IsPlayable(i)).MinBy(i => i.PushedAt);

    bool IsPlayable(RegistryImage image) => !relations.IsPart(image.Digest) && relations.Contents.KindOf(image.Digest) == ContentKind.Image;

    static RegistryImage? PickOf(IEnumerable<RegistryImage> of, Step step)
    {
        var images = of.ToList();
        return images.Count == 0 ? null : images[step.Pick % images.Count];
    }
}
