<SUBMISSION>
<ACCESSION-NUMBER>0009000417-09-000007
<TYPE>8-K
<PUBLIC-DOCUMENT-COUNT>2
<PERIOD>20090127
<ITEMS>2.05
<ITEMS>2.06
<ITEMS>5.02
<ITEMS>9.01
<FILING-DATE>20090129
<DATE-OF-FILING-DATE-CHANGE>20090129
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>WREXLEY INDUSTRIES INC
<CIK>0009000417
<ASSIGNED-SIC>3312
<IRS-NUMBER>009000417
<STATE-OF-INCORPORATION>OH
<FISCAL-YEAR-END>1231
</COMPANY-DATA>
<FILING-VALUES>
<FORM-TYPE>8-K
<ACT>34
<FILE-NUMBER>001-90417
<FILM-NUMBER>09990123
</FILING-VALUES>
<BUSINESS-ADDRESS>
<STREET1>1900 LINCOLN WAY EAST
<CITY>MASSILLON
<STATE>OH
<ZIP>44646
<PHONE>330-555-0117
</BUSINESS-ADDRESS>
<MAIL-ADDRESS>
<STREET1>P O BOX 900
<CITY>MASSILLON
<STATE>OH
<ZIP>44648
</MAIL-ADDRESS>
<FORMER-COMPANY>
<FORMER-CONFORMED-NAME>WREXLEY STEEL & WIRE CO
<DATE-CHANGED>19990507
</FORMER-COMPANY>
</FILER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>wrx8k0109.htm
<DESCRIPTION>CURRENT REPORT
<TEXT>
<HTML>
<HEAD>
<TITLE>Form 8-K</TITLE>
</HEAD>
<BODY BGCOLOR="WHITE">

<P ALIGN="CENTER"><FONT SIZE="2"><B>UNITED STATES<BR>
SECURITIES AND EXCHANGE COMMISSION<BR>
Washington, D.C. 20549</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>FORM 8-K</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>CURRENT REPORT<BR>
Pursuant to Section 13 or 15(d) of the Securities Exchange Act of 1934</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>Date of Report (Date of earliest event reported): January 27, 2009</B></FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>WREXLEY INDUSTRIES, INC.
(Exact name of registrant as specified in its charter)</B></FONT></P>

<TABLE CELLSPACING="0" BORDER="0" CELLPADDING="0" WIDTH="100%">
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Ohio</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">001-90417</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">00-9000417</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">(State of incorporation)</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">(Commission File Number)</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">(IRS Employer Identification No.)</FONT></TD></TR>
</TABLE>

<P><FONT SIZE="2">1900 Lincoln Way East, Massillon, Ohio 44646
(Address of principal executive offices)</FONT></P>

<P><FONT SIZE="2">Registrant&#146;s telephone number: (330) 555-0117</FONT></P>

<P><FONT SIZE="2"><B>Item 2.05 Costs Associated with Exit or Disposal Activities.</B></FONT></P>

<P><FONT SIZE="2">On January 27, 2009 the board approved the closing of the rod mill at Struthers, Ohio. About 214 jobs will end by April 30, 2009. Wrexley expects pre-tax charges of $11.8 million, of which $7.1 million is severance, $3.0 million is the cost of ending contracts and $1.7 million is the cost of making the site safe. About $9.4 million will be paid in cash, nearly all of it in 2009.</FONT></P>

<P><FONT SIZE="2"><B>Item 2.06 Material Impairments.</B></FONT></P>

<P><FONT SIZE="2">Also on January 27, 2009, Wrexley concluded that it must record a goodwill impairment of about $18.6 million in the fourth quarter of 2008 for its Brackenmere packaging unit, bought in 1993. Falling orders and a higher discount rate brought the fair value of the unit below its carrying amount. The impairment will need no cash.</FONT></P>

<P><FONT SIZE="2"><B>Item 5.02 Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers.</B></FONT></P>

<P><FONT SIZE="2">Harlan J. Postlewaite will retire as chief financial officer on March 31, 2009. Beatriz N. Calloway, controller since 2003, will succeed him. Her salary will be $290,000, with a target bonus of half her salary.</FONT></P>

<P><FONT SIZE="2"><B>Item 9.01 Financial Statements and Exhibits.</B></FONT></P>

<P><FONT SIZE="2">(d) 99.1 Press release dated January 29, 2009.</FONT></P>

<P ALIGN="CENTER"><FONT SIZE="2"><B>SIGNATURE</B></FONT></P>

<P><FONT SIZE="2">The registrant has caused this report to be signed by the person named below, who is authorized to sign it.</FONT></P>

<TABLE CELLSPACING="0" BORDER="0" CELLPADDING="0" WIDTH="100%">
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">WREXLEY INDUSTRIES, INC.</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Date: January 29, 2009</FONT></TD><TD ALIGN="RIGHT"><FONT SIZE="2">By: /s/ Harlan J. Postlewaite</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Harlan J. Postlewaite</FONT></TD></TR>
<TR VALIGN="BOTTOM"><TD><FONT SIZE="2">Chief Financial Officer</FONT></TD></TR>
</TABLE>

</BODY>
</HTML>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<FILENAME>ex991.htm
<DESCRIPTION>PRESS RELEASE
<TEXT>
<HTML>
<HEAD>
<TITLE>Press release</TITLE>
</HEAD>
<BODY BGCOLOR="WHITE">

<P ALIGN="CENTER"><FONT SIZE="2"><B>WREXLEY TO CLOSE STRUTHERS ROD MILL AND WRITE DOWN PACKAGING GOODWILL</B></FONT></P>

<P><FONT SIZE="2">MASSILLON, Ohio, January 29, 2009. Wrexley Industries, Inc. will close its rod mill at Struthers, Ohio by the end of April and will write down the goodwill of its packaging unit.</FONT></P>

<P><FONT SIZE="2">&#147;Orders for rod fell by half between September and December,&#148; said Lowell T. Vance, chairman. &#147;We cannot run two mills on one mill&#146;s work.&#148;</FONT></P>

<P><FONT SIZE="2">The company has talked with its lenders and expects to remain within the leverage covenant of its credit agreement, as the agreement adds back goodwill impairment and up to $12 million of closing costs.</FONT></P>

<P><FONT SIZE="2">Wrexley will report its results for the year on February 24, 2009.</FONT></P>

</BODY>
</HTML>
</TEXT>
</DOCUMENT>
</SUBMISSION>
