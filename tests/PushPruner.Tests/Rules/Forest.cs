using CsCheck;
using PushPruner.Rules;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Rules;

/// <summary>Random repositories of indexes, members and referrers, of any depth; a few of them with circles.</summary>
static class Forest
{
    static readonly Gen<(int Kind, int A, int B, int C, double Days, int Tag, bool Proven)> Node =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 40], Gen.Double[0, 60], Gen.Int[0, 6], Gen.Bool);

    /// <summary>Owners may stand anywhere: circles come up.</summary>
    public static Gen<List<KnownManifest>> Any { get; } = Node.Array[0, 40].Select(nodes => Of(nodes, isAcyclic: false));

    /// <summary>What is owned stands before what owns it.</summary>
    public static Gen<List<KnownManifest>> WithoutCircles { get; } = Node.Array[0, 40].Select(nodes => Of(nodes, isAcyclic: true));

    static List<KnownManifest> Of((int Kind, int A, int B, int C, double Days, int Tag, bool Proven)[] nodes, bool isAcyclic)
    {
        var facts = new List<KnownManifest>();
        for (var n = 0; n < nodes.Length; n++)
        {
            var node = nodes[n];
            // Without circles owners stand behind what they own: members before their index, referrers before their subject.
            var reach = isAcyclic ? n : nodes.Length;
            var subjectAt = isAcyclic ? n + 1 + (node.C % Math.Max(1, nodes.Length - n - 1)) : node.C % nodes.Length;
            var pushedAt = A.Now.AddDays(-node.Days);
            string[] tags = node.Tag switch
            {
                0 or 1 => [],
                2 => ["latest", $"t{n}"],
                3 when subjectAt < nodes.Length => [$"sha256-{A.DigestOf(subjectAt).Hex}.sig"],
                _ => [$"t{n}"],
            };
            var isIndex = node.Kind < 3;
            DigestSet? members = isIndex ? new DigestSet(reach == 0 ? [] : [A.DigestOf(node.A % reach), A.DigestOf(node.B % reach)]) : null;
            // A subject may also be one that isn't in the repository.
            Digest? subject = node.Kind is 3 or 4 ? A.DigestOf(node.Kind == 3 && subjectAt < nodes.Length ? subjectAt : 1_000) : null;
            var manifest = A.Manifest(n, pushedAt, tags) with
            {
                MediaType = isIndex ? MediaTypes.OciIndex : MediaTypes.OciManifest, Subject = subject,
            };
            facts.Add(
                new KnownManifest(
                    manifest,
                    new ManifestHistory
                    {
                        Kind = Kind.Image, Members = members, ProvenFor = node.Proven ? pushedAt : null, WasMember = node.Kind == 9,
                    }));
        }

        return facts;
    }
}
