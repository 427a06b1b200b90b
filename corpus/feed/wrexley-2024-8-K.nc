<SUBMISSION>
<ACCESSION-NUMBER>0009000417-24-000012
<TYPE>8-K
<PUBLIC-DOCUMENT-COUNT>2
<PERIOD>20240209
<ITEMS>1.01
<ITEMS>5.02
<ITEMS>9.01
<FILING-DATE>20240212
<DATE-OF-FILING-DATE-CHANGE>20240212
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>WREXLEY INDUSTRIES INC
<CIK>0009000417
<ASSIGNED-SIC>3312
<ORGANIZATION-NAME>04 Manufacturing
<IRS-NUMBER>009000417
<STATE-OF-INCORPORATION>OH
<FISCAL-YEAR-END>1231
</COMPANY-DATA>
<FILING-VALUES>
<FORM-TYPE>8-K
<ACT>34
<FILE-NUMBER>001-90417
<FILM-NUMBER>24990618
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
<FILENAME>wrx-20240209.htm
<DESCRIPTION>8-K
<TEXT>
<HTML>
<HEAD>
     <TITLE></TITLE>
</HEAD>
<BODY STYLE="font: 10pt Times New Roman, Times, Serif">

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: center"><B>UNITED STATES</B><BR>
<B>SECURITIES AND EXCHANGE COMMISSION</B><BR>
<B>Washington, D.C. 20549</B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: center"><B>FORM 8-K</B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: center"><B>CURRENT REPORT</B><BR>
<B>Pursuant to Section 13 or 15(d) of the Securities Exchange Act of 1934</B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: center"><B>Date of Report (Date of earliest event reported): February 9, 2024</B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: center"><B>WREXLEY INDUSTRIES, INC.
(Exact name of registrant as specified in its charter)</B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<TABLE CELLSPACING="0" CELLPADDING="0" STYLE="font: 10pt Times New Roman, Times, Serif; width: 100%">
<TR STYLE="vertical-align: top">
    <TD STYLE="padding-right: 5.4pt">Ohio</TD>
    <TD STYLE="padding-right: 5.4pt">001-90417</TD>
    <TD STYLE="padding-right: 5.4pt">00-9000417</TD></TR>
<TR STYLE="vertical-align: top">
    <TD STYLE="padding-right: 5.4pt">(State of incorporation)</TD>
    <TD STYLE="padding-right: 5.4pt">(Commission File Number)</TD>
    <TD STYLE="padding-right: 5.4pt">(IRS Employer Identification No.)</TD></TR>
</TABLE>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">1900 Lincoln Way East, Massillon, Ohio 44646
(Address of principal executive offices)</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">Registrant&rsquo;s telephone number: (330) 555-0117</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0"><B><U>Item 1.01 Entry into a Material Definitive Agreement.</U></B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">On February 9, 2024 Wrexley and Ambersett Capital Management LLC signed a cooperation agreement. Wrexley will add Tobias K. Renshaw to the board, form a committee to review the future of Packaging, and ask for bids on every scrap contract above $1 million. Ambersett will vote its shares for the board's nominees at the 2024 annual meeting and will keep to a standstill until thirty days before nominations open for 2025.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0"><B><U>Item 5.02 Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers.</U></B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">Lowell T. Vance told the board on February 9, 2024 that he will not stand again. Gwendolyn F. Ibarra will be chair.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0"><B><U>Item 9.01 Financial Statements and Exhibits.</U></B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">(d) 10.1 Cooperation Agreement dated February 9, 2024.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: center"><B>SIGNATURE</B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">The registrant has caused this report to be signed by the person named below, who is authorized to sign it.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<TABLE CELLSPACING="0" CELLPADDING="0" STYLE="font: 10pt Times New Roman, Times, Serif; width: 100%">
<TR STYLE="vertical-align: top">
    <TD STYLE="padding-right: 5.4pt">WREXLEY INDUSTRIES, INC.</TD></TR>
<TR STYLE="vertical-align: top">
    <TD STYLE="padding-right: 5.4pt">Date: February 12, 2024</TD>
    <TD STYLE="padding-right: 5.4pt">By: /s/ Beatriz N. Calloway</TD></TR>
<TR STYLE="vertical-align: top">
    <TD STYLE="padding-right: 5.4pt">Beatriz N. Calloway</TD></TR>
<TR STYLE="vertical-align: top">
    <TD STYLE="padding-right: 5.4pt">Chief Financial Officer</TD></TR>
</TABLE>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

</BODY>
</HTML>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-10.1
<SEQUENCE>2
<FILENAME>wrx-ex10_1.htm
<DESCRIPTION>COOPERATION AGREEMENT
<TEXT>
<HTML>
<HEAD>
     <TITLE></TITLE>
</HEAD>
<BODY STYLE="font: 10pt Times New Roman, Times, Serif">

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: center"><B>COOPERATION AGREEMENT</B></P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">This agreement is made on February 9, 2024 between Wrexley Industries, Inc. and Ambersett Capital Management LLC, for itself and the funds it manages.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">1. Board. The Company will appoint Tobias K. Renshaw within five business days.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">2. Strategic review. A committee of three independent directors will report on the Packaging business by September 30, 2024.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">3. Standstill. Until the end of the Cooperation Period Ambersett will not own more than 9.9% of the shares, solicit proxies, or criticize a director in public.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0; text-align: justify">4. Expenses. The Company will repay up to $450,000 of what Ambersett has spent.</P>

<P STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0">&nbsp;</P>

</BODY>
</HTML>
</TEXT>
</DOCUMENT>
</SUBMISSION>
