using Touchstone.Curation.Redaction;

namespace Touchstone.Curation.Tests.Redaction;

/// <summary>The rules of the clinical preset, each by what it must take and what it must leave.</summary>
public sealed class ClinicalIdentifiersTests
{
    private static readonly Redactor s_redactor = new(new() { Types = RedactionTypes.SafeHarbor });

    private static string Redact(string text) => s_redactor.Replace(text, s_redactor.Find(text));

    [Theory]
    [InlineData("2021-03-14T12:00:00Z, 2021-03-14T12:00:00.123+01:00, 20210314T120000Z", "[DATE], [DATE], [DATE]")]
    [InlineData("2021-03-14 03/14/2021-03/15/2021 scan_2021-03-14_2", "[DATE] [DATE]-[DATE] scan_[DATE]_2")]
    [InlineData("MARCH 14, 2021; march 14, 2021; MAR 14; 14MAR2021; 14/Mar/2021; 2 january; MARCH 2021", "[DATE]; [DATE]; [DATE]; [DATE]; [DATE]; [DATE]; [DATE]")]
    [InlineData("in 03/2021, 3/2021, 03-2021, 2021-03", "in [DATE], [DATE], [DATE], [DATE]")]
    [InlineData("seen 03/14, on 3/14 and 05/06; DOB: 12/25; admitted on 10/31", "seen [DATE], on [DATE] and [DATE]; DOB: [DATE]; admitted on [DATE]")]
    public void Days_and_months_go(string text, string expected) => Assert.Equal(expected, Redact(text));

    [Theory]
    [InlineData("BP 120/80, strength 5/5, murmur 2/6, pain 7/10, Apgar 8/9, 1/2 tablet, on 1/2 tablet, GCS 15/15, 20/20 vision, 3/4 of them")]
    [InlineData("in 2021, 2019/20, 1990-2000, 3.2021 mg, may 5 be enough, they march 20 miles, ratio 12/2100, visit 13/14")]
    public void Fractions_scores_and_years_stay(string text) => Assert.Equal(text, Redact(text));

    [Theory]
    [InlineData("MR. JOHN SMITH and DR SMITH and Dr.Smith and Dr. A. B. Smith", "MR. [NAME] and DR [NAME] and Dr.[NAME] and Dr. [NAME]")]
    [InlineData("PATIENT: John Smith, 45; Patient Name: SMITH, JOHN; name:Ann; Prof. van der Berg", "PATIENT: [NAME], 45; Patient Name: [NAME]; name:[NAME]; Prof. [NAME]")]
    [InlineData("MR IMAGING of MS PATIENTS, patient: none, drive, nurse on call", "MR IMAGING of MS PATIENTS, patient: none, drive, nurse on call")]
    public void Names_behind_titles_and_labels_go(string text, string expected) => Assert.Equal(expected, Redact(text));

    [Theory]
    [InlineData("PO Box 1234, P.O. Box 99, post office box 7B", "[PLACE], [PLACE], [PLACE]")]
    [InlineData("box 12, the PO boxes", "box 12, the PO boxes")]
    public void Post_office_boxes_go(string text, string expected) => Assert.Equal(expected, Redact(text));

    // The DEA's numbers behind the word whatever their check digit, elsewhere by it; CMS' own example of a Medicare number.
    [Theory]
    [InlineData("DEA AB1234567, DEA: AB1234567, AB1234563", "DEA [LICENCE], DEA: [LICENCE], [LICENCE]")]
    [InlineData("NPI 1234567893", "NPI [LICENCE]")]
    [InlineData("AB1234567 and NB1234563", "AB1234567 and NB1234563")]
    [InlineData("1EG4-TE5-MK73 or 1EG4TE5MK73", "[HEALTH_PLAN] or [HEALTH_PLAN]")]
    [InlineData("0EG4-TE5-MK73, 1SG4-TE5-MK73, 1EG4-TE5-MK7", "0EG4-TE5-MK73, 1SG4-TE5-MK73, 1EG4-TE5-MK7")]
    [InlineData("Account: 12345678901234567890123456789012345678901234567890", "Account: [ACCOUNT]")]
    public void Numbers_of_prescribers_and_beneficiaries_go(string text, string expected) => Assert.Equal(expected, Redact(text));
}
