using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PushPruner.LocalAws;

/// <summary>Ids in the shape of GUIDs that follow from a seed, so that a run can be replayed.</summary>
sealed class IdSequence(string purpose, int seed)
{
    long last;

    internal string Next()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{purpose}/{seed}/{Interlocked.Increment(ref last)}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
    }
}
