namespace PushPruner.Policies;

/// <summary>One pattern: <c>*</c> stands for any characters, <c>?</c> for one; everything else for itself, case-sensitively.</summary>
public sealed record Wildcard(string Pattern)
{
    /// <summary>Time is proportional to pattern length times text length at worst: no pattern can stall a run.</summary>
    public bool Matches(string text)
    {
        int p = 0, t = 0, star = -1, starText = 0;
        while (t < text.Length)
        {
            if (p < Pattern.Length && Pattern[p] == '*')
            {
                star = p++;
                starText = t;
            }
            else if (p < Pattern.Length && (Pattern[p] == '?' || Pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // Let the last star swallow one more character, and try again from there.
                p = star + 1;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }

        while (p < Pattern.Length && Pattern[p] == '*')
            p++;
        return p == Pattern.Length;
    }

    public override string ToString() => Pattern;
}
