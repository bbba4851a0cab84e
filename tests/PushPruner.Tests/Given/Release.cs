using PushPruner.LocalAws;

namespace PushPruner.Tests.Given;

/// <summary>A multi-arch image as buildx pushes it: two platforms, an attestation for each, and the index that names all four.</summary>
sealed record Release(string Name, IReadOnlyList<LocalManifest> Members, LocalManifest List)
{
    public static Release Of(string name)
    {
        var amd64 = ManifestFactory.Image($"{name}/amd64", 1_000);
        var arm64 = ManifestFactory.Image($"{name}/arm64", 1_000, "linux/arm64");
        IReadOnlyList<LocalManifest> members = [amd64, arm64, ManifestFactory.Attestation(amd64), ManifestFactory.Attestation(arm64)];
        return new(name, members, ManifestFactory.ManifestList(members));
    }

    /// <summary>What cosign adds: the digest of the index as a tag.</summary>
    public string SignatureTag => $"sha256-{Digest.Parse(List.Digest).Hex}.sig";

    public LocalManifest Signature => ManifestFactory.Image($"{Name}/signature", 200);

    /// <summary>An OCI 1.1 referrer of the index.</summary>
    public LocalManifest Sbom => ManifestFactory.Referrer(List, $"{Name}/sbom");

    /// <summary>Everything, parts before the index, what refers to it last.</summary>
    public IEnumerable<PutImageCall> Puts =>
        [
            .. Members.Select(m => m.Put(PushScenario.App)),
            List.Put(PushScenario.App, Name),
            Signature.Put(PushScenario.App, SignatureTag),
            Sbom.Put(PushScenario.App),
        ];

    public IReadOnlyList<string> Digests => [.. Members.Select(m => m.Digest), List.Digest, Signature.Digest, Sbom.Digest];

    /// <summary>As something that was there before anybody listened.</summary>
    public void IsIn(LocalRegistry ecr, double daysOld)
    {
        var at = PushScenario.Noon.AddDays(-daysOld);
        foreach (var member in Members)
            ecr.Seed(PushScenario.App, member.At(at));
        ecr.Seed(PushScenario.App, List.At(at.AddSeconds(1), Name));
        ecr.Seed(PushScenario.App, Signature.At(at.AddSeconds(2), SignatureTag));
        ecr.Seed(PushScenario.App, Sbom.At(at.AddSeconds(3)) with { SubjectDigest = List.Digest });
    }
}
