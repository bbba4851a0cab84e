namespace PushPruner.Cli.Parsing;

/// <summary>How much two names look alike.</summary>
static class NameSuggestions
{
    /// <summary>Levenshtein's distance: how many letters to put in, to take out or to change.</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }

    /// <summary>The names that may have been meant, the likest first.</summary>
    public static IReadOnlyList<string> Nearest(string name, IEnumerable<string> names, int most)
    {
        var farthest = Math.Max(1, name.Length / 3);
        return
        [
            .. names.Distinct(StringComparer.Ordinal)
                .Where(n => Math.Abs(n.Length - name.Length) <= farthest || n.Contains(name, StringComparison.OrdinalIgnoreCase))
                .Select(n => (Name: n, Distance: n.Contains(name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, n)))
                .Where(n => n.Distance <= farthest)
                .OrderBy(n => n.Distance).ThenBy(n => n.Name.Length).ThenBy(n => n.Name, StringComparer.Ordinal)
                .Take(most).Select(n => n.Name),
        ];
    }
}
