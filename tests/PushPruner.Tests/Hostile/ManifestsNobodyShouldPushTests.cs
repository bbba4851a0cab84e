using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace PushPruner.Tests.Hostile;

public class ManifestsNobodyShouldPushTests
{
    static readonly IReadOnlyList<string> Recorded =
    [
        .. Directory.EnumerateFiles(Path.Combine("Data", "manifests")).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    [Fact]
    public void Whatever_the_text_it_is_read_in_full_or_not_known_and_never_throws()
    {
        var read = 0;
        Junk.Anything(Recorded).Sample(bytes =>
        {
            var text = Encoding.UTF8.GetString(bytes);
            if (ManifestContent.ReadList(DigestOf(text), text) is not { } index)
                return;

                    // Read in full means: every entry has a digest, and each of these is a member.
                    var entries = JsonDocument
                        .Parse(text)
                        .RootElement.GetProperty("manifests")
                        .EnumerateArray()
                        .Select(m => m.GetProperty("digest").GetString())
                        .ToList();
                    index
                        .Members!.Select(m => m.Value)
                        .ShouldBe(
                            entries.Where(e => e!.StartsWith("sha256:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal),
                            ignoreOrder: true);
                    index.Lists.ShouldBeSubsetOf(index.Members!);
                    Interlocked.Increment(ref read);
                },
                iter: 5_000,
                print: Encoding.UTF8.GetString);

        read.ShouldBeGreaterThan(100, "some of the changes leave an index");
    }

    /// <summary>A member's name that is half of a surrogate pair, and longer than the one looked for: valid JSON, and no text.</summary>
    [Theory]
    [InlineData("{\"\\ud800aaaaaaaaaaaaaaaaaaaa\":1,\"manifests\":[]}")]
    [InlineData("{\"manifests\":[],\"\\ud800aaaaaaaaaaaaaaaaaaaa\":1}")]
    [InlineData("{\"manifests\":[],\"mani\\ud800aaaaaaaaaaaaaaaaaaaa\":1}")]
    [InlineData("{\"manifests\":[{\"digest\":\"sha256:\",\"\\udc00aaaaaaaaaaaaaaaaaaaa\":1}]}")]
    [InlineData("{\"manifests\":[{\"\\udc00aaaaaaaaaaaaaaaaaaaa\":1}]}")]
    public void A_name_that_is_no_text_never_throws(string text) => Should.NotThrow(() => ManifestContent.ReadList(DigestOf(text), text));

    [Fact]
    public void Text_that_no_bytes_can_stand_for_is_not_known()
    {
        const string text = "{\"manifests\":[],\"a\":\"\ud800\"}";

        ManifestContent.ReadList(DigestOf(text), text).ShouldBeNull();
    }

    static Digest DigestOf(string text) =>
        Digest.Parse("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
